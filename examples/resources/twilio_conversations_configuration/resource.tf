resource "twilio_conversations_configuration" "defaults" {
  default_inactive_timer = "PT1H"
  default_closed_timer   = "P7D"
}
