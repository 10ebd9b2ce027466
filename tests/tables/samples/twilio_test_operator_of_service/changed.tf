resource "twilio_test_operator_of_service" "test" {
  operator_sid = "LY22222222222222222222222222222222"
}
