# Free: whether the number is one, and how it is written. `fields` would ask for more, and each read would cost money.
data "twilio_lookup" "on_call" {
  phone_number = "+14159929960"
}

output "on_call" {
  value = data.twilio_lookup.on_call.valid ? data.twilio_lookup.on_call.national_format : null
}
