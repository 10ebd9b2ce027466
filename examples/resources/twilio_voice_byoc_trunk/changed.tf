resource "twilio_voice_byoc_trunk" "carrier" {
  voice_url           = "https://example.com/carrier"
  voice_method        = "GET"
  cnam_lookup_enabled = true
}
