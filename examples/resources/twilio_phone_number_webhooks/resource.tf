# The number is bought by another team; its webhooks are ours.
resource "twilio_phone_number" "support" {
  area_code = "415"

  lifecycle {
    ignore_changes = [voice_url, voice_method, sms_url]
  }
}

resource "twilio_phone_number_webhooks" "support" {
  phone_number_sid = twilio_phone_number.support.sid
  voice_url        = "https://example.com/voice"
  voice_method     = "GET"
  sms_url          = "https://example.com/sms"
}
