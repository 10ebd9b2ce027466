resource "twilio_taskrouter_workflow" "support" {
  workspace_sid = twilio_taskrouter_workspace.support.sid
  friendly_name = "Support"

  task_routing = {
    filters = [{
      filter_friendly_name = "Bills"
      expression           = "topic == \"billing\""
      targets = [
        {
          queue      = twilio_taskrouter_task_queue.billing.sid
          expression = "worker.level > 2"
          timeout    = 60
        },
        {
          queue    = twilio_taskrouter_task_queue.billing.sid
          priority = 10
        },
      ]
    }]
    default_filter = {
      queue = twilio_taskrouter_task_queue.billing.sid
    }
  }

  assignment_callback_url          = "https://example.com/assignment"
  fallback_assignment_callback_url = "https://example.com/fallback"
  task_reservation_timeout         = 30
}

# The same in Twilio's JSON, which may have newer things in it.
resource "twilio_taskrouter_workflow" "night" {
  workspace_sid = twilio_taskrouter_workspace.support.sid
  friendly_name = "Night"
  configuration = jsonencode({
    task_routing = {
      filters        = []
      default_filter = { queue = twilio_taskrouter_task_queue.billing.sid }
    }
  })
}
