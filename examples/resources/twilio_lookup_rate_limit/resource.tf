# Whoever gets hold of a key can look up so many numbers at our cost, and no more.
resource "twilio_lookup_rate_limit" "line_types" {
  field  = "line_type_intelligence"
  bucket = "sign-up"
  limit  = 100
  ttl    = 60
}
