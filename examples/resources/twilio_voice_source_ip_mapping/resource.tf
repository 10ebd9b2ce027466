# The IP record and the domain are the ones of the pages of twilio_voice_ip_record and twilio_sip_domain.
resource "twilio_voice_source_ip_mapping" "carrier" {
  ip_record_sid  = twilio_voice_ip_record.carrier.sid
  sip_domain_sid = twilio_sip_domain.office.sid
}
