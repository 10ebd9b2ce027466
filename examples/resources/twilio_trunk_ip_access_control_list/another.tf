resource "twilio_trunk_ip_access_control_list" "office" {
  ip_access_control_list_sid = var.other_list_sid
}
