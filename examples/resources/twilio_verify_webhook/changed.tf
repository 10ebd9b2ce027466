resource "twilio_verify_webhook" "factors" {
  friendly_name = "Factors and challenges"
  event_types   = ["challenge.approved", "challenge.denied", "factor.verified"]
}
