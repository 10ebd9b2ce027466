# The trunk is the one of the page of twilio_trunk.
resource "twilio_trunk_origination_url" "exchange" {
  trunk_sid     = twilio_trunk.office.sid
  friendly_name = "Exchange"
  sip_url       = "sip:pbx.example.com;transport=tls"
  priority      = 1
  weight        = 10
  enabled       = true
}
