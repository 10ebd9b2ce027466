resource "twilio_studio_flow" "greeting" {
  friendly_name  = "Greeting"
  status         = "published"
  commit_message = "First version"

  definition = jsonencode({
    description   = "Says hello"
    initial_state = "Trigger"
    flags         = { allow_concurrent_calls = true }
    states = [
      {
        name = "Trigger"
        type = "trigger"
        transitions = [
          { event = "incomingCall", next = "hello" },
          { event = "incomingMessage" },
          { event = "incomingRequest" },
        ]
        properties = { offset = { x = 0, y = 0 } }
      },
      {
        name        = "hello"
        type        = "say-play"
        transitions = [{ event = "audioComplete" }]
        properties  = { say = "Hello!", loop = 1, offset = { x = 0, y = 200 } }
      },
    ]
  })
}
