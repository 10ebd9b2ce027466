# The number was bought by another team, in another configuration; its webhooks are ours.
resource "twilio_phone_number_webhooks" "support" {
  phone_number = "+14155550142"
  voice_url    = "https://example.com/voice"
  voice_method = "GET"
  sms_url      = "https://example.com/sms"
}
