resource "twilio_serverless_service" "tide_line" {
  unique_name   = "tide-line"
  friendly_name = "Tide line"
  ui_editable   = true
}
