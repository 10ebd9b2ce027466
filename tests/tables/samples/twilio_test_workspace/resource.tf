resource "twilio_test_workspace" "test" {
  friendly_name      = "Support"
  event_callback_url = "https://example.com/events"
  events_filter      = ["task.created", "task.canceled"]
}
