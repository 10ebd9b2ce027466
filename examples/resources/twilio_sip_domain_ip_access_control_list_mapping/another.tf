resource "twilio_sip_domain_ip_access_control_list_mapping" "office" {
  ip_access_control_list_sid = var.third_list_sid
}
