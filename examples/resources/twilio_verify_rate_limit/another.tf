resource "twilio_verify_rate_limit" "address" {
  unique_name = "another"
}
