resource "twilio_intelligence_custom_operator" "refunds" {
  friendly_name = "Asks for a refund"
  operator_type = "Classify-Phrases"

  config = jsonencode({
    phrases = ["money back", "refund"]
  })
}
