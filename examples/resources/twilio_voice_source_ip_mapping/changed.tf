resource "twilio_voice_source_ip_mapping" "carrier" {
  sip_domain_sid = var.branch_domain_sid
}
