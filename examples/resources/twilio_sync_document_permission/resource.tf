resource "twilio_sync_document_permission" "phones" {
  service_sid  = twilio_sync_service.app.sid
  document_sid = twilio_sync_document.settings.sid
  identity     = "phones"
  read         = true
  write        = false
  manage       = false
}
