resource "twilio_serverless_environment" "test" {
  domain_suffix = "trial"
}
