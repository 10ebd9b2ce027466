resource "twilio_test_short_code" "test" {
  sms_url = "https://example.com/messages"
}
