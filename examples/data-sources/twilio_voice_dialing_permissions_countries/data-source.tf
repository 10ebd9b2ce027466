data "twilio_voice_dialing_permissions_countries" "risky" {
  high_risk_tollfraud_numbers_enabled = true
}

# Nobody needs numbers that toll fraud is known to use.
check "no_toll_fraud" {
  assert {
    condition     = length(data.twilio_voice_dialing_permissions_countries.risky.countries) == 0
    error_message = "Open to toll fraud: ${join(", ", data.twilio_voice_dialing_permissions_countries.risky.countries[*].iso_code)}."
  }
}
