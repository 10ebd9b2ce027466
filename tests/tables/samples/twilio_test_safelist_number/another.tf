resource "twilio_test_safelist_number" "test" {
  phone_number = "+14155550144"
}
