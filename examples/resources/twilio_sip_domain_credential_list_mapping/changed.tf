resource "twilio_sip_domain_credential_list_mapping" "office" {
  credential_list_sid = twilio_sip_credential_list.exchange.sid
}
