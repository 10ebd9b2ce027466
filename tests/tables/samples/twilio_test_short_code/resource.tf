resource "twilio_test_short_code" "test" {
  short_code_sid = var.code_sid
  sms_url        = "https://example.com/sms"
  sms_method     = "GET"
}
