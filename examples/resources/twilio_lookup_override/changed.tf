resource "twilio_lookup_override" "customer" {
  line_type = "landline"
  reason    = "Ticket 4712: moved to a landline."
}
