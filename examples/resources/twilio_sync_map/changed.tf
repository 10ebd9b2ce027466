resource "twilio_sync_map" "flags" {
  collection_ttl = 5184000
}
