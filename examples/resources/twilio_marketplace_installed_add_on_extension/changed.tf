resource "twilio_marketplace_installed_add_on_extension" "calls" {
  enabled = false
}
