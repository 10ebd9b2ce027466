resource "twilio_phone_number" "support" {
  voice_method    = null
  sms_url         = null
  status_callback = null
}
