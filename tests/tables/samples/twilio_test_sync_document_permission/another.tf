resource "twilio_test_sync_document_permission" "test" {
  identity = "neighbour"
}
