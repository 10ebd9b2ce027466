resource "twilio_taskrouter_task_queue" "billing" {
  friendly_name        = "Bills"
  target_workers       = "skills HAS \"billing\" AND level > 2"
  max_reserved_workers = 3
}
