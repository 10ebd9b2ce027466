resource "twilio_voice_ip_record" "carrier" {
  ip_address = "198.51.100.4"
}
