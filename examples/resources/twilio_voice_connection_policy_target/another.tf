resource "twilio_voice_connection_policy_target" "first" {
  target = "sip:carrier-2.example.com:5060"
}
