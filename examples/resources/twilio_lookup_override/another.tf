resource "twilio_lookup_override" "customer" {
  phone_number = "+14155550143"
}
