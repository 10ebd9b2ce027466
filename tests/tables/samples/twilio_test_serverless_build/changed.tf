resource "twilio_test_serverless_build" "test" {
  runtime = "node22"
}
