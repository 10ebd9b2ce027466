resource "twilio_messaging_geo_permissions" "germany" {
  country_code = "DE"
  enabled      = true
}
