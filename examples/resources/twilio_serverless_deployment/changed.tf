resource "twilio_serverless_deployment" "production" {
  build_sid = twilio_serverless_build.trial.sid
}
