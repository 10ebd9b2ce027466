resource "twilio_trunk_credential_list" "office" {
  credential_list_sid = twilio_sip_credential_list.exchange.sid
}
