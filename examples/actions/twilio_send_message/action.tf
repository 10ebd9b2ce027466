resource "twilio_phone_number" "alerts" {
  phone_number = "+14155550145"
}

resource "twilio_messaging_service" "alerts" {
  friendly_name = "Alerts"
}

resource "twilio_messaging_service_phone_number" "alerts" {
  service_sid      = twilio_messaging_service.alerts.sid
  phone_number_sid = twilio_phone_number.alerts.sid

  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.twilio_send_message.ready]
    }
  }
}

action "twilio_send_message" "ready" {
  config {
    to                    = "+14155550199"
    messaging_service_sid = twilio_messaging_service.alerts.sid
    body                  = "This service sends alerts from now on."
  }
}
