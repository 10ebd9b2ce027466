# Codes for German numbers come from a messaging service of our own.
resource "twilio_verify_messaging_configuration" "germany" {
  service_sid           = twilio_verify_service.shop.sid
  country               = "DE"
  messaging_service_sid = twilio_messaging_service.alerts.sid
}
