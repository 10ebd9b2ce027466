resource "twilio_test_serverless_service" "test" {
  friendly_name = "Greeters"
}
