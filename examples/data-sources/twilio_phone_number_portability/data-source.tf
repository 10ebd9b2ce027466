data "twilio_phone_number_portability" "office" {
  phone_number = "+14155550100"
}

output "can_be_brought" {
  value = data.twilio_phone_number_portability.office.portable
}
