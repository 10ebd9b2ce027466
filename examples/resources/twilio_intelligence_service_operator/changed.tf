resource "twilio_intelligence_service_operator" "refunds" {
  operator_sid = var.second_operator
}
