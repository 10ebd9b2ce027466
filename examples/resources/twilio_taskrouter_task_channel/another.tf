resource "twilio_taskrouter_task_channel" "tickets" {
  unique_name = "another"
}
