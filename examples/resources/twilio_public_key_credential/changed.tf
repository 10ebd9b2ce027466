resource "twilio_public_key_credential" "recordings" {
  friendly_name = "Recordings of calls, 2026"
}
