resource "twilio_voice_connection_policy_target" "first" {
  priority = 20
  enabled  = false
}
