resource "twilio_trunk_credential_list" "office" {
  credential_list_sid = var.other_list_sid
}
