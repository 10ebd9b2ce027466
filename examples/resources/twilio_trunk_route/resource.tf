resource "twilio_trunk_route" "exchange" {
  sip_trunk_domain = "exchange.pstn.twilio.com"
  voice_region     = "ie1"
  friendly_name    = "Exchange in Dublin"
}
