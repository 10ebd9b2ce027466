resource "twilio_sync_map_permission" "operators" {
  write = false
}
