resource "twilio_sip_domain_ip_access_control_list_mapping" "office" {
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.branch.sid
}
