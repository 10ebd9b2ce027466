resource "twilio_test_sip_credential" "test" {
  password_wo         = "Hush-Hush-2027"
  password_wo_version = 2
}
