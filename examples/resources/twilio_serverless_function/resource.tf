resource "twilio_serverless_function" "tides" {
  service_sid   = twilio_serverless_service.tide_line.sid
  friendly_name = "Tides"
  path          = "/tides"
  visibility    = "protected"
  source        = "${path.module}/tides.js"
}
