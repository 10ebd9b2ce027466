resource "twilio_voice_dialing_permissions_settings" "own" {
  dialing_permissions_inheritance = true
}
