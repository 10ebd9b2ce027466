resource "twilio_sync_stream" "alerts" {
  unique_name = "another"
}
