resource "twilio_test_sync_map_item" "test" {
  data = jsonencode({ text = "Good morning" })
}
