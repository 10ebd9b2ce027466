resource "twilio_test_sync_document_permission" "test" {
  service_sid  = var.service_sid
  document_sid = var.document_sid
  identity     = "alice@example.com"
  read         = true
  write        = true
  manage       = false
}
