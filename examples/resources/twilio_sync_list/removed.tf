resource "twilio_sync_list" "orders" {
  collection_ttl = null
}
