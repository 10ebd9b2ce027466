resource "twilio_phone_number_webhooks" "support" {
  sms_url = "https://example.com/texts"
}
