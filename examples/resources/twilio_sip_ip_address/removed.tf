resource "twilio_sip_ip_address" "exchange" {
  cidr_prefix_length = null
}
