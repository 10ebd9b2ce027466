resource "twilio_serverless_asset" "page" {
  friendly_name = "Other page"
  path          = "/other.html"
}
