resource "twilio_conversations_configuration" "defaults" {
  default_closed_timer = null
}
