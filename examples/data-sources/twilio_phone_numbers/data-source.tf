# Numbers without a webhook for calls.
data "twilio_phone_numbers" "all" {}

output "unanswered" {
  value = [
    for number in data.twilio_phone_numbers.all.phone_numbers : number.phone_number
    if number.voice_url == null && number.voice_application_sid == null && number.trunk_sid == null
  ]
}
