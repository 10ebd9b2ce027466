resource "twilio_sip_domain" "office" {
  friendly_name    = null
  voice_url        = null
  voice_method     = null
  sip_registration = null
}
