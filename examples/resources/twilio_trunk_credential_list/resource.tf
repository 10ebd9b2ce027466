# The trunk and the list are the ones of the pages of twilio_trunk and twilio_sip_credential_list.
resource "twilio_trunk_credential_list" "office" {
  trunk_sid           = twilio_trunk.office.sid
  credential_list_sid = twilio_sip_credential_list.phones.sid

  lifecycle {
    create_before_destroy = true
  }
}
