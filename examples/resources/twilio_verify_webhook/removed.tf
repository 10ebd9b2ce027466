resource "twilio_verify_webhook" "factors" {
  status  = null
  version = null
}
