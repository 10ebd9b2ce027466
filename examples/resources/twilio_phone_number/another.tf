resource "twilio_phone_number" "support" {
  phone_number = "+14155550146"
}
