resource "twilio_trunk_phone_number" "switchboard" {
  phone_number_sid = var.third_number_sid
}
