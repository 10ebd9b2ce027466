resource "twilio_test_short_code" "test" {
  sms_method = null
}
