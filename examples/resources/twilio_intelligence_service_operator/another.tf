resource "twilio_intelligence_service_operator" "refunds" {
  operator_sid = var.third_operator
}
