resource "twilio_test_conversations_configuration" "test" {
  default_inactive_timer = "PT2H"
}
