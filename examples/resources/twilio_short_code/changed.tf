resource "twilio_short_code" "alerts" {
  sms_url    = "https://example.com/v2/sms"
  sms_method = "GET"
}
