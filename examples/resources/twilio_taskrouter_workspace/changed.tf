resource "twilio_taskrouter_workspace" "support" {
  friendly_name = "Customer support"
  events_filter = ["task.completed", "task.created", "task.canceled"]
}
