# The trunk is the one of the page of twilio_trunk. The number is bought elsewhere.
resource "twilio_trunk_phone_number" "switchboard" {
  trunk_sid        = twilio_trunk.office.sid
  phone_number_sid = var.number_sid
}
