resource "twilio_sip_domain" "office" {
  domain_name = "example-branch.sip.twilio.com"
}
