resource "twilio_messaging_service_phone_number" "alerts" {
  phone_number_sid = var.third_number_sid
}
