resource "twilio_studio_flow" "greeting" {
  friendly_name = "Farewell"

  definition = jsonencode({
    description   = "Says goodbye"
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
