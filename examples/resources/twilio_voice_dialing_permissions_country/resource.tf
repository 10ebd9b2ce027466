# Ordinary numbers of Germany may be called, and nothing that costs more.
resource "twilio_voice_dialing_permissions_country" "germany" {
  iso_code                            = "DE"
  low_risk_numbers_enabled            = true
  high_risk_special_numbers_enabled   = false
  high_risk_tollfraud_numbers_enabled = false
}
