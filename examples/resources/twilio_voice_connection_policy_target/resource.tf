# The policy is the one of the page of twilio_voice_connection_policy.
resource "twilio_voice_connection_policy_target" "first" {
  connection_policy_sid = twilio_voice_connection_policy.carrier.sid
  friendly_name         = "First site"
  target                = "sip:carrier.example.com:5060"
  priority              = 1
  weight                = 20
}
