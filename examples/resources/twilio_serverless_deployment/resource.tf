resource "twilio_serverless_deployment" "production" {
  service_sid     = twilio_serverless_service.tide_line.sid
  environment_sid = twilio_serverless_environment.production.sid
  build_sid       = twilio_serverless_build.current.sid
}
