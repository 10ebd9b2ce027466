resource "twilio_sip_credential_list" "phones" {
  friendly_name = "Phones of the head office"
}
