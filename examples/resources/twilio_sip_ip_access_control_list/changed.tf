resource "twilio_sip_ip_access_control_list" "office" {
  friendly_name = "Head office"
}
