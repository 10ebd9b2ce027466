resource "twilio_serverless_environment" "test" {
  unique_name   = "stage"
  domain_suffix = "stage"
}
