resource "twilio_taskrouter_task_queue" "billing" {
  workspace_sid            = twilio_taskrouter_workspace.support.sid
  friendly_name            = "Billing"
  target_workers           = "skills HAS \"billing\""
  max_reserved_workers     = 5
  task_order               = "LIFO"
  reservation_activity_sid = twilio_taskrouter_activity.lunch.sid
}
