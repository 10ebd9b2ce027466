# The domain and the list are the ones of the pages of twilio_sip_domain and twilio_sip_ip_access_control_list.
resource "twilio_sip_domain_ip_access_control_list_mapping" "office" {
  domain_sid                 = twilio_sip_domain.office.sid
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.office.sid

  lifecycle {
    create_before_destroy = true
  }
}
