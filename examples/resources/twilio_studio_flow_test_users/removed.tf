resource "twilio_studio_flow_test_users" "greeting" {
  test_users = null
}
