resource "twilio_taskrouter_task_queue" "billing" {
  friendly_name = "Another"
}
