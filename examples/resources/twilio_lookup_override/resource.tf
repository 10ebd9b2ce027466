# A customer who signs up with a number that passes for VoIP, and is none.
resource "twilio_lookup_override" "customer" {
  phone_number = "+14155550142"
  line_type    = "mobile"
  reason       = "Ticket 4711: the carrier confirmed that it is a mobile number."
}
