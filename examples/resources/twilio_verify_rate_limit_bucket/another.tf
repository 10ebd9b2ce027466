resource "twilio_verify_rate_limit_bucket" "minute" {
  interval = 86400
}
