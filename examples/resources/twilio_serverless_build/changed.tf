resource "twilio_serverless_build" "current" {
  runtime = "node22"
}
