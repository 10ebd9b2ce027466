resource "twilio_trunk_phone_number" "switchboard" {
  phone_number_sid = var.second_number_sid
}
