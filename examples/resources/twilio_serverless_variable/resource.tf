resource "twilio_serverless_variable" "table" {
  service_sid     = twilio_serverless_service.tide_line.sid
  environment_sid = twilio_serverless_environment.production.sid
  key             = "TABLE"
  value           = "tides"
}
