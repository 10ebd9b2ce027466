resource "twilio_sync_document" "settings" {
  data = jsonencode({ theme = "dark", retries = 5, beta = true })
}
