resource "twilio_verify_rate_limit" "address" {
  description = null
}
