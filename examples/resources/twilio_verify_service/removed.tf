resource "twilio_verify_service" "shop" {
  code_length = null
  passkeys    = null

  totp = {
    issuer = "Shop"
  }
}
