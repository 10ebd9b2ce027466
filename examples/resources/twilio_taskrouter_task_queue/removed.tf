resource "twilio_taskrouter_task_queue" "billing" {
  target_workers           = null
  max_reserved_workers     = null
  task_order               = null
  reservation_activity_sid = null
}
