resource "twilio_verify_service" "shop" {
  friendly_name = "Store"

  totp = {
    issuer      = "Shop"
    code_length = 8
  }
}
