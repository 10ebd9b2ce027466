resource "twilio_studio_flow_test_users" "greeting" {
  test_users = ["+14155550170", "qa-anna", "qa-ben"]
}
