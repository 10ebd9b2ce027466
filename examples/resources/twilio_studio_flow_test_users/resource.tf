# The flow is the one of the page of twilio_studio_flow.
resource "twilio_studio_flow_test_users" "greeting" {
  flow_sid   = twilio_studio_flow.greeting.sid
  test_users = ["+14155550170", "qa-anna"]
}
