resource "twilio_sync_stream" "alerts" {
  ttl = null
}
