data "twilio_voice_high_risk_special_prefixes" "latvia" {
  iso_code = "LV"
}

output "latvian_special_services" {
  value = data.twilio_voice_high_risk_special_prefixes.latvia.prefixes[*].prefix
}
