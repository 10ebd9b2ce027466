# The trunk and the list are the ones of the pages of twilio_trunk and twilio_sip_ip_access_control_list.
resource "twilio_trunk_ip_access_control_list" "office" {
  trunk_sid                  = twilio_trunk.office.sid
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.office.sid

  lifecycle {
    create_before_destroy = true
  }
}
