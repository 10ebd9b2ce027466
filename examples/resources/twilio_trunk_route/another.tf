resource "twilio_trunk_route" "exchange" {
  sip_trunk_domain = "second.pstn.twilio.com"
}
