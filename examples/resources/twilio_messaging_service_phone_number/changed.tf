resource "twilio_messaging_service_phone_number" "alerts" {
  phone_number_sid = twilio_phone_number.sales.sid
}
