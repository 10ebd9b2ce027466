# Each call that arrives is looked up.
resource "twilio_marketplace_installed_add_on_extension" "calls" {
  installed_add_on_sid = var.installed
  extension_sid        = var.voice
  enabled              = true
}
