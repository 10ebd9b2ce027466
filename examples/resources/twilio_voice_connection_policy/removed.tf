resource "twilio_voice_connection_policy" "carrier" {
  friendly_name = null
}
