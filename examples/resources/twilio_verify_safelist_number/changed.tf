resource "twilio_verify_safelist_number" "tester" {
  phone_number = "+14155550143"
}
