data "twilio_available_phone_numbers" "san_francisco" {
  type          = "local"
  iso_country   = "US"
  area_code     = "415"
  sms_enabled   = true
  voice_enabled = true
  limit         = 5
}

output "for_sale" {
  value = data.twilio_available_phone_numbers.san_francisco.phone_numbers[*].phone_number
}
