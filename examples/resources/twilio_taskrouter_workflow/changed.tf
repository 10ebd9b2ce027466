resource "twilio_taskrouter_workflow" "support" {
  friendly_name = "Customer support"

  task_routing = {
    filters = [{
      expression = "topic IN [\"billing\", \"refund\"]"
      targets    = [{ queue = twilio_taskrouter_task_queue.billing.sid, skip_if = "workers.available == 0" }]
    }]
    default_filter = {
      queue    = twilio_taskrouter_task_queue.billing.sid
      priority = 1
    }
  }
}
