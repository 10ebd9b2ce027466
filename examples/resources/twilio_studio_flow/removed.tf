resource "twilio_studio_flow" "greeting" {
  commit_message = null
}
