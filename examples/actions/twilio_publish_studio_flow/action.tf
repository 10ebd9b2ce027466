resource "twilio_studio_flow" "survey" {
  friendly_name = "Survey"
  status        = "draft"

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
    # The action publishes it, with a message of its own.
    ignore_changes = [status, commit_message]

    action_trigger {
      events  = [after_create, after_update]
      actions = [action.twilio_publish_studio_flow.survey]
    }
  }
}

action "twilio_publish_studio_flow" "survey" {
  config {
    flow_sid       = twilio_studio_flow.survey.sid
    commit_message = "Published by the pipeline"
  }
}
