resource "twilio_voice_insights_settings" "calls" {
  advanced_features = true
}
