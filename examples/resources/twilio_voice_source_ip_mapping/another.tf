resource "twilio_voice_source_ip_mapping" "carrier" {
  ip_record_sid = twilio_voice_ip_record.reserve.sid
}
