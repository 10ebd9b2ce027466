resource "twilio_test_serverless_service" "test" {
  unique_name   = "neighbour"
  friendly_name = "Neighbour"
}
