# What everybody who is there hears at once.
resource "twilio_sync_stream" "alerts" {
  service_sid = twilio_sync_service.app.sid
  unique_name = "alerts"
  ttl         = 2592000
}
