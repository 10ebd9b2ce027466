resource "twilio_sync_stream" "alerts" {
  ttl = 5184000
}
