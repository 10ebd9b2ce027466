resource "twilio_messaging_service" "alerts" {
  friendly_name   = "Alarms"
  validity_period = 900
}
