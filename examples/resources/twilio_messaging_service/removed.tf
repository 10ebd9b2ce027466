resource "twilio_messaging_service" "alerts" {
  inbound_request_url = null
  status_callback     = null
  validity_period     = null
  usecase             = null
}
