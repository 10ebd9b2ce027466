resource "twilio_serverless_service" "tide_line" {
  unique_name   = "high-water"
  friendly_name = "High water"
}
