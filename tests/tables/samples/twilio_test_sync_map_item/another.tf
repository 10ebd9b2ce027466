resource "twilio_test_sync_map_item" "test" {
  key = "neighbour"
}
