resource "twilio_twiml_app" "support" {
  voice_url     = "https://example.com/calls"
  friendly_name = "Support desk"
}
