resource "twilio_bulk_export_configuration" "messages" {
  webhook_url = null
}
