resource "twilio_studio_flow" "survey" {
  friendly_name = "Survey"
  status        = "published"

  definition = jsonencode({
    description   = "Says nothing"
    initial_state = "Trigger"
    flags         = { allow_concurrent_calls = true }
    states = [
      {
        name        = "Trigger"
        type        = "trigger"
        transitions = []
        properties  = { offset = { x = 0, y = 0 } }
      },
    ]
  })

  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.twilio_execute_studio_flow.survey]
    }
  }
}

action "twilio_execute_studio_flow" "survey" {
  config {
    flow_sid   = twilio_studio_flow.survey.sid
    to         = "+14155550199"
    from       = "+14155550145"
    parameters = jsonencode({ name = "Ann" })
  }
}
