resource "twilio_sip_domain_registration_credential_list_mapping" "office" {
  credential_list_sid = var.third_list_sid
}
