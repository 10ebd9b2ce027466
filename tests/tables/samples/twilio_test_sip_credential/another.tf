resource "twilio_test_sip_credential" "test" {
  username = "door"
}
