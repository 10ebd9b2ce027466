resource "twilio_intelligence_service" "calls" {
  unique_name         = "support-calls"
  friendly_name       = "Calls to support"
  language_code       = "de-DE"
  auto_transcribe     = true
  auto_redaction      = true
  webhook_url         = "https://example.com/transcripts"
  webhook_http_method = "POST"
}
