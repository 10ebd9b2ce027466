resource "twilio_twiml_app" "support" {
  status_callback = null
  sms_method      = null
}
