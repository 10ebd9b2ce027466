resource "twilio_test_address" "test" {
  friendly_name = "Headquarters"
}
