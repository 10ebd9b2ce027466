resource "twilio_test_serverless_service" "test" {
  ui_editable = null
}
