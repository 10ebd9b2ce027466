resource "twilio_short_code" "alerts" {
  short_code_sid   = var.alerts_code
  friendly_name    = "Alerts"
  sms_url          = "https://example.com/sms"
  sms_fallback_url = "https://fallback.example.com/sms"
}
