# The list is the one of the page of twilio_sip_ip_access_control_list.
resource "twilio_sip_ip_address" "exchange" {
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.office.sid
  friendly_name              = "Exchange"
  ip_address                 = "203.0.113.16"
  cidr_prefix_length         = 28
}
