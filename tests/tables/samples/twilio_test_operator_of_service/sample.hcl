before "service_sid" {
  host = "intelligence.twilio.com"
  path = "/v2/Services"
  form = { UniqueName = "calls" }
}
