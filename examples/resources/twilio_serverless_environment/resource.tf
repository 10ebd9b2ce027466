resource "twilio_serverless_environment" "test" {
  service_sid   = twilio_serverless_service.tide_line.sid
  unique_name   = "test"
  domain_suffix = "test"
}

# The one environment whose address has no suffix.
resource "twilio_serverless_environment" "production" {
  service_sid         = twilio_serverless_service.tide_line.sid
  unique_name         = "production"
  deletion_protection = false
}

resource "twilio_serverless_environment" "preview" {
  service_sid   = twilio_serverless_service.tide_line.sid
  unique_name   = "preview"
  domain_suffix = "preview"
}
