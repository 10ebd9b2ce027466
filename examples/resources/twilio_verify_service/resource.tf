resource "twilio_verify_service" "shop" {
  friendly_name                = "Shop"
  code_length                  = 6
  do_not_share_warning_enabled = true

  totp = {
    issuer = "Shop"
  }
}
