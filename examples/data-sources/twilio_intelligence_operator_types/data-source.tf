data "twilio_intelligence_operator_types" "english" {
  language_code = "en-US"
}

output "english" {
  value = data.twilio_intelligence_operator_types.english.operator_types[*].name
}
