resource "twilio_sync_map_item" "greeting" {
  key = "features/farewell"
}
