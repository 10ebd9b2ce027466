resource "twilio_test_address" "test" {
  auto_correct_address = null
}
