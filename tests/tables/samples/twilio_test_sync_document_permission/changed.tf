resource "twilio_test_sync_document_permission" "test" {
  write = false
}
