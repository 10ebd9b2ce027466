# Once everything has the token, twilio_promote_auth_token makes it the primary one.
resource "twilio_secondary_auth_token" "rotation" {
  # Another value makes the next token.
  keepers = {
    rotation = "2026-11"
  }
}
