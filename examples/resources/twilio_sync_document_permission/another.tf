resource "twilio_sync_document_permission" "phones" {
  identity = "another"
}
