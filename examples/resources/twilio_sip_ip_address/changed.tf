resource "twilio_sip_ip_address" "exchange" {
  ip_address = "198.51.100.16"
}
