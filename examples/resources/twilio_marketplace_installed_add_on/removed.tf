resource "twilio_marketplace_installed_add_on" "spam" {
  configuration = null
}
