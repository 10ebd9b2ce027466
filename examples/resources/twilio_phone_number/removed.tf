resource "twilio_phone_number" "support" {
  friendly_name   = null
  voice_method    = null
  sms_url         = null
  status_callback = null
}
