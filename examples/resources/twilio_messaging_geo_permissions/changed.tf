resource "twilio_messaging_geo_permissions" "germany" {
  enabled = false
}
