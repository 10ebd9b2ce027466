resource "twilio_sip_credential" "reception" {
  password_wo         = "Replace-this-2"
  password_wo_version = 2
}
