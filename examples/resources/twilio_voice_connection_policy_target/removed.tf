resource "twilio_voice_connection_policy_target" "first" {
  friendly_name = null
  priority      = null
  weight        = null
  enabled       = null
}
