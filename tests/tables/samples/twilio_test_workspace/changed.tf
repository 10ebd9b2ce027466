resource "twilio_test_workspace" "test" {
  friendly_name = "Sales"
  events_filter = ["task.created", "task.completed"]
}
