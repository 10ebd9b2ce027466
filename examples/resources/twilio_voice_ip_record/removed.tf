resource "twilio_voice_ip_record" "carrier" {
  friendly_name = null
}
