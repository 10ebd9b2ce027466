resource "twilio_verify_rate_limit" "address" {
  description = "Sign-ups from one address"
}
