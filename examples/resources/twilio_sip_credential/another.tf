resource "twilio_sip_credential" "reception" {
  username = "door"
}
