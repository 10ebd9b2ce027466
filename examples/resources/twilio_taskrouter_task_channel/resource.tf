resource "twilio_taskrouter_task_channel" "tickets" {
  workspace_sid             = twilio_taskrouter_workspace.support.sid
  friendly_name             = "Tickets"
  unique_name               = "ticket"
  channel_optimized_routing = true
}
