resource "twilio_voice_insights_settings" "calls" {
  advanced_features = false
  voice_trace       = true
}
