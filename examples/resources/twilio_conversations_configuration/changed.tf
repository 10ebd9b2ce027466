resource "twilio_conversations_configuration" "defaults" {
  default_inactive_timer = "PT2H"
}
