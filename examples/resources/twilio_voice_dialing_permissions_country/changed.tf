resource "twilio_voice_dialing_permissions_country" "germany" {
  low_risk_numbers_enabled = false
}
