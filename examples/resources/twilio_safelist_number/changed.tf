resource "twilio_safelist_number" "tester" {
  phone_number = "+14155550xxx"
}
