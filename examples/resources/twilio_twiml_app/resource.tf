resource "twilio_twiml_app" "support" {
  friendly_name   = "Support line"
  voice_url       = "https://example.com/voice"
  status_callback = "https://example.com/status"
  sms_url         = "https://example.com/sms"
  sms_method      = "GET"
}
