# A key that may send messages and nothing else, for as long as the run takes.
ephemeral "twilio_api_key" "smoke_test" {
  policy = {
    allow = ["/twilio/messaging/messages/create"]
  }
}

resource "twilio_messaging_service" "alerts" {
  friendly_name = "Alerts"
}

resource "terraform_data" "smoke_test" {
  triggers_replace = twilio_messaging_service.alerts.sid

  provisioner "local-exec" {
    # In place of a script that sends a message.
    command = "test -n \"$TWILIO_API_KEY\" && test -n \"$TWILIO_API_SECRET\""

    environment = {
      TWILIO_API_KEY    = ephemeral.twilio_api_key.smoke_test.sid
      TWILIO_API_SECRET = ephemeral.twilio_api_key.smoke_test.secret
    }
  }
}
