resource "twilio_public_key_credential" "recordings" {
  friendly_name = null
}
