# What the app is configured with. It subscribes to the document, and so hears of each apply.
resource "twilio_sync_document" "settings" {
  service_sid = twilio_sync_service.app.sid
  unique_name = "settings"
  data        = jsonencode({ theme = "dark", retries = 3 })
  ttl         = 2592000
}
