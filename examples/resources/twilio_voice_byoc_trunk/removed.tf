resource "twilio_voice_byoc_trunk" "carrier" {
  voice_url           = null
  voice_method        = null
  voice_fallback_url  = null
  status_callback_url = null
  cnam_lookup_enabled = null
}
