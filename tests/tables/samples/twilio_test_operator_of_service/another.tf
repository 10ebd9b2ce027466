resource "twilio_test_operator_of_service" "test" {
  operator_sid = "LY33333333333333333333333333333333"
}
