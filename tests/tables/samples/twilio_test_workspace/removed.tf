resource "twilio_test_workspace" "test" {
  event_callback_url = null
  events_filter      = null
}
