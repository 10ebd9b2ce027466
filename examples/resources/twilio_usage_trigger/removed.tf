resource "twilio_usage_trigger" "spend" {
  callback_method = null
}
