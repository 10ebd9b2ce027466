resource "twilio_serverless_function" "tides" {
  friendly_name = "Spring tides"
  source        = "${path.module}/spring-tides.js"
}
