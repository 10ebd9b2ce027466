resource "twilio_api_key" "application" {
  friendly_name = null
}
