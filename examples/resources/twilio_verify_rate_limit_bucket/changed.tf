resource "twilio_verify_rate_limit_bucket" "minute" {
  max = 5
}
