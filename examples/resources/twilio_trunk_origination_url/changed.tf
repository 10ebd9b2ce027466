resource "twilio_trunk_origination_url" "exchange" {
  sip_url  = "sip:pbx-2.example.com;transport=tls"
  priority = 2
}
