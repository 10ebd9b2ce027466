resource "twilio_intelligence_service" "calls" {
  friendly_name = null
  webhook_url   = null
}
