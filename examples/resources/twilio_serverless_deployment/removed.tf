resource "twilio_serverless_deployment" "production" {
  build_sid = null
}
