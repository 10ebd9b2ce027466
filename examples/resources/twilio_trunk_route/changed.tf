resource "twilio_trunk_route" "exchange" {
  voice_region = "us1"
}
