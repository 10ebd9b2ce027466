resource "twilio_sync_map" "flags" {
  unique_name = "another"
}
