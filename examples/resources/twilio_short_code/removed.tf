resource "twilio_short_code" "alerts" {
  sms_fallback_url = null
}
