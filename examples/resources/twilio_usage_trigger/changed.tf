resource "twilio_usage_trigger" "spend" {
  callback_url = "https://example.com/money"
}
