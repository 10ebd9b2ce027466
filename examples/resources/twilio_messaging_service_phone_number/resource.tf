resource "twilio_messaging_service" "alerts" {
  friendly_name = "Alerts"
}

resource "twilio_phone_number" "alerts" {
  area_code = "415"
}

resource "twilio_messaging_service_phone_number" "alerts" {
  service_sid      = twilio_messaging_service.alerts.sid
  phone_number_sid = twilio_phone_number.alerts.sid
}
