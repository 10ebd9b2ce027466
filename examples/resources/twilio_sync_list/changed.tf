resource "twilio_sync_list" "orders" {
  collection_ttl = 5184000
}
