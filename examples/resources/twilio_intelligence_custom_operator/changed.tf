resource "twilio_intelligence_custom_operator" "refunds" {
  config = jsonencode({
    phrases = ["money back", "refund", "cancel my order"]
  })
}
