# The list is the one of the page of twilio_sip_credential_list. The password is in no state and no plan; a new version sends it again.
resource "twilio_sip_credential" "reception" {
  credential_list_sid = twilio_sip_credential_list.phones.sid
  username            = "reception"
  password_wo         = "Replace-this-1"
  password_wo_version = 1
}
