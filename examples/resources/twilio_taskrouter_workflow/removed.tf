resource "twilio_taskrouter_workflow" "support" {
  task_routing = {
    default_filter = { queue = twilio_taskrouter_task_queue.billing.sid }
  }

  assignment_callback_url          = null
  fallback_assignment_callback_url = null
  task_reservation_timeout         = null
}
