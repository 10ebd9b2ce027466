# The connection policy and the domain are the ones of the pages of twilio_voice_connection_policy and twilio_sip_domain.
resource "twilio_voice_byoc_trunk" "carrier" {
  friendly_name         = "Carrier"
  voice_url             = "https://example.com/voice"
  voice_fallback_url    = "https://example.com/voice-fallback"
  status_callback_url   = "https://example.com/calls"
  connection_policy_sid = twilio_voice_connection_policy.carrier.sid
  from_domain_sid       = twilio_sip_domain.office.sid
}
