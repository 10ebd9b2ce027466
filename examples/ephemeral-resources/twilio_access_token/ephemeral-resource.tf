resource "twilio_twiml_app" "phone" {
  friendly_name = "Browser phone"
  voice_url     = "https://example.com/voice"
}

# Signs tokens while the application runs, so it stays.
resource "twilio_api_key" "application" {
  friendly_name = "Application"
}

ephemeral "twilio_access_token" "smoke_test" {
  api_key    = twilio_api_key.application.sid
  api_secret = twilio_api_key.application.secret
  identity   = "smoke-test"
  ttl        = 600

  voice = {
    incoming_allow           = true
    outgoing_application_sid = twilio_twiml_app.phone.sid
  }
}
