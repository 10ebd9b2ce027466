resource "twilio_voice_ip_record" "carrier" {
  friendly_name      = "Carrier"
  ip_address         = "198.51.100.0"
  cidr_prefix_length = 30
}

resource "twilio_voice_ip_record" "reserve" {
  friendly_name = "Carrier, second site"
  ip_address    = "198.51.100.7"
}
