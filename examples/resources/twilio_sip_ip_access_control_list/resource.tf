resource "twilio_sip_ip_access_control_list" "office" {
  friendly_name = "Office"
}

resource "twilio_sip_ip_access_control_list" "branch" {
  friendly_name = "Branch"
}
