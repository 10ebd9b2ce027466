resource "twilio_serverless_service" "tide_line" {
  include_credentials = null
  ui_editable         = null
}
