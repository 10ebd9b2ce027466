resource "twilio_sip_domain_route" "sydney" {
  voice_region = "us1"
}
