resource "twilio_serverless_asset" "page" {
  friendly_name = "Start page"
  content_type  = "text/html; charset=utf-8"
}
