resource "twilio_intelligence_service" "calls" {
  unique_name = "sales-calls"
}
