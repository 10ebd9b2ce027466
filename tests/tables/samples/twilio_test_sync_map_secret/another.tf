resource "twilio_test_sync_map_secret" "test" {
  key = "doors/back"
}
