# The domain and the list are the ones of the pages of twilio_sip_domain and twilio_sip_credential_list.
resource "twilio_sip_domain_credential_list_mapping" "office" {
  domain_sid          = twilio_sip_domain.office.sid
  credential_list_sid = twilio_sip_credential_list.phones.sid

  lifecycle {
    create_before_destroy = true
  }
}
