locals {
  definition = jsonencode({
    description   = "Answers calls"
    initial_state = "Trigger"
    states = [
      {
        name        = "Trigger"
        type        = "trigger"
        transitions = [{ event = "incomingCall", next = "lookup" }]
        properties  = { offset = { x = 0, y = 0 } }
      },
      {
        name        = "lookup"
        type        = "make-http-request"
        transitions = [{ event = "success" }, { event = "failed" }]
        properties  = { method = "GET", url = "https://api.example.com/customers" }
      },
    ]
  })
}

output "foreign_urls" {
  value = [
    for found in provider::twilio::studio_flow_urls(local.definition) : "${found.widget}: ${found.url}"
    if !startswith(found.url, "https://api.example.com/")
  ]
}
