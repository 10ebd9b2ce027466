resource "twilio_test_sync_map_permission" "test" {
  write = false
}
