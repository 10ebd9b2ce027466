# The warehouse fetches the file of each day when Twilio says that it is there.
resource "twilio_bulk_export_configuration" "messages" {
  resource_type  = "Messages"
  enabled        = true
  webhook_url    = "https://warehouse.example.com/twilio/exports"
  webhook_method = "POST"
}
