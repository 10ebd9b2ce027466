resource "twilio_serverless_asset" "page" {
  service_sid   = twilio_serverless_service.tide_line.sid
  friendly_name = "Page"
  path          = "/index.html"
  visibility    = "public"
  source        = "${path.module}/index.html"
}
