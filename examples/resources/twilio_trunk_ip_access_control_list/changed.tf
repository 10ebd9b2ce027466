resource "twilio_trunk_ip_access_control_list" "office" {
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.branch.sid
}
