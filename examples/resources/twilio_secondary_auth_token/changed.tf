resource "twilio_secondary_auth_token" "rotation" {
  keepers = {
    rotation = "2026-12"
  }
}
