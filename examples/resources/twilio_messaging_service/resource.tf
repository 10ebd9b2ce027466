resource "twilio_messaging_service" "alerts" {
  friendly_name       = "Alerts"
  inbound_request_url = "https://example.com/sms"
  status_callback     = "https://example.com/sms/status"
  validity_period     = 600
  usecase             = "notifications"
}
