resource "twilio_test_conversations_configuration" "test" {
  default_closed_timer = null
}
