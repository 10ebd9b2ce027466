resource "twilio_verify_service" "shop" {
  friendly_name                = "Shop"
  code_length                  = 5
  do_not_share_warning_enabled = true

  totp = {
    issuer      = "Shop"
    code_length = 7
  }

  passkeys = {
    relying_party = {
      id      = "example.com"
      name    = "Shop"
      origins = ["shop.example.com", "login.example.com"]
    }
  }
}
