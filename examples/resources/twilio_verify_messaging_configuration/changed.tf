resource "twilio_verify_messaging_configuration" "germany" {
  messaging_service_sid = var.other_service_sid
}
