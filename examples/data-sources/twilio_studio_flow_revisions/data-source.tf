resource "twilio_studio_flow" "survey" {
  friendly_name  = "Survey"
  status         = "published"
  commit_message = "First version"

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
}

data "twilio_studio_flow_revisions" "survey" {
  flow_sid = twilio_studio_flow.survey.sid
}

output "changes" {
  value = data.twilio_studio_flow_revisions.survey.revisions[*].commit_message
}
