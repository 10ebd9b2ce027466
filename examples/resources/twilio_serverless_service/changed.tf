resource "twilio_serverless_service" "tide_line" {
  friendly_name       = "Tide line of the harbour"
  include_credentials = false
}
