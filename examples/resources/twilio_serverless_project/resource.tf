resource "twilio_serverless_project" "harbour" {
  service_sid     = twilio_serverless_service.tide_line.sid
  environment_sid = twilio_serverless_environment.preview.sid
  functions       = "${path.module}/harbour"
  assets          = "${path.module}/site"
  runtime         = "node20"

  dependencies = {
    twilio = "5.3.0"
  }
}
