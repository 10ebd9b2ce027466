resource "twilio_address" "office" {
  street_secondary = null
}
