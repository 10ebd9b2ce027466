resource "twilio_phone_number_route" "dublin" {
  voice_region = "us1"
}
