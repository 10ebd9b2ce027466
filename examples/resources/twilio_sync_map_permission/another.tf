resource "twilio_sync_map_permission" "operators" {
  identity = "another"
}
