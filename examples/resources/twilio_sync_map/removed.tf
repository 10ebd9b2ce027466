resource "twilio_sync_map" "flags" {
  collection_ttl = null
}
