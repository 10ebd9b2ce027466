resource "twilio_intelligence_service_operator" "refunds" {
  service_sid  = twilio_intelligence_service.calls.sid
  operator_sid = twilio_intelligence_custom_operator.refunds.sid
}
