resource "twilio_phone_number" "support" {
  sms_url   = "https://example.com/texts"
  voice_url = "https://example.com/calls"
}
