resource "twilio_sip_domain" "office" {
  domain_name      = "example-office.sip.twilio.com"
  friendly_name    = "Office"
  voice_url        = "https://example.com/voice"
  sip_registration = true
  secure           = true
}
