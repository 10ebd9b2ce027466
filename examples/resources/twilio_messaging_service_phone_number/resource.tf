# The service and the number are the ones of the pages of twilio_messaging_service and twilio_phone_number.
resource "twilio_messaging_service_phone_number" "alerts" {
  service_sid      = twilio_messaging_service.alerts.sid
  phone_number_sid = twilio_phone_number.support.sid
}
