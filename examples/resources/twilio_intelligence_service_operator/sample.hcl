before "second_operator" {
  host = "intelligence.twilio.com"
  path = "/v2/Operators/Custom"
  form = { FriendlyName = "Mentions a rival", OperatorType = "Classify-Phrases", Config = "{}" }
}
before "third_operator" {
  host = "intelligence.twilio.com"
  path = "/v2/Operators/Custom"
  form = { FriendlyName = "Is angry", OperatorType = "Classify-Phrases", Config = "{}" }
}
