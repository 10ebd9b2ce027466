resource "twilio_sync_document" "settings" {
  unique_name = "another"
}
