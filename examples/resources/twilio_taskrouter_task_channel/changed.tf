resource "twilio_taskrouter_task_channel" "tickets" {
  friendly_name             = "Support tickets"
  channel_optimized_routing = false
}
