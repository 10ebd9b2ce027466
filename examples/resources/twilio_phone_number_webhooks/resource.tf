# The numbers are bought and managed elsewhere, by another team; what answers them is ours.
data "twilio_phone_numbers" "support" {
  phone_number = "+1415*"
}

resource "twilio_phone_number_webhooks" "support" {
  for_each = { for number in data.twilio_phone_numbers.support.phone_numbers : number.phone_number => number.sid }

  phone_number_sid = each.value
  voice_url        = "https://example.com/voice"
  voice_method     = "GET"
  sms_url          = "https://example.com/sms"
}
