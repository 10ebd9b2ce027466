resource "twilio_sip_domain" "office" {
  friendly_name = "Head office"
  voice_url     = "https://example.com/voice/head-office"
  voice_method  = "GET"
}
