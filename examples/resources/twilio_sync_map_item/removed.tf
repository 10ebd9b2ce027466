resource "twilio_sync_map_item" "greeting" {
  item_ttl = null
}
