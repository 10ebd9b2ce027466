resource "twilio_sip_credential_list" "phones" {
  friendly_name = "Phones of the office"
}

resource "twilio_sip_credential_list" "exchange" {
  friendly_name = "Exchange of the office"
}
