resource "twilio_test_conversations_configuration" "test" {
  default_inactive_timer = "PT1H"
  default_closed_timer   = "PT3H"
}
