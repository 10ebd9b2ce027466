resource "twilio_test_sip_credential" "test" {
  credential_list_sid = var.credential_list_sid
  username            = "phone"
  password_wo         = "Hush-Hush-2026"
  password_wo_version = 1
}
