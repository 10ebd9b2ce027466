resource "twilio_intelligence_service" "calls" {
  friendly_name   = "Calls to support and sales"
  auto_transcribe = false
}
