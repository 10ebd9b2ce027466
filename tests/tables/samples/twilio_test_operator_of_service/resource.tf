resource "twilio_test_operator_of_service" "test" {
  service_sid  = var.service_sid
  operator_sid = "LY11111111111111111111111111111111"
}
