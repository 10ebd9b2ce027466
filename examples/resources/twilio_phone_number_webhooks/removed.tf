resource "twilio_phone_number_webhooks" "support" {
  sms_url      = null
  voice_method = null
}
