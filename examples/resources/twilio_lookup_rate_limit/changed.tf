resource "twilio_lookup_rate_limit" "line_types" {
  limit = 50
}
