resource "twilio_sip_domain_route" "sydney" {
  sip_domain    = "sydney.sip.twilio.com"
  voice_region  = "au1"
  friendly_name = "Sydney office"
}
