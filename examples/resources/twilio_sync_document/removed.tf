resource "twilio_sync_document" "settings" {
  data = null
  ttl  = null
}
