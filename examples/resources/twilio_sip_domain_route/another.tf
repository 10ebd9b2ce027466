resource "twilio_sip_domain_route" "sydney" {
  sip_domain = "melbourne.sip.twilio.com"
}
