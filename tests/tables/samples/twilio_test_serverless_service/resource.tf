resource "twilio_test_serverless_service" "test" {
  unique_name   = "greeter"
  friendly_name = "Greeter"
  ui_editable   = true
}
