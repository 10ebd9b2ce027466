resource "twilio_voice_ip_record" "carrier" {
  friendly_name = "Carrier, first site"
}
