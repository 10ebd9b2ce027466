data "twilio_intelligence_prebuilt_operators" "available" {
  availability = "general-availability"
}

output "operators" {
  value = data.twilio_intelligence_prebuilt_operators.available.operators[*].friendly_name
}
