resource "twilio_test_customer_profile" "test" {
  friendly_name = "Example plc"
}
