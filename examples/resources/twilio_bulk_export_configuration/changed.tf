resource "twilio_bulk_export_configuration" "messages" {
  webhook_url = "https://warehouse.example.com/twilio/daily"
}
