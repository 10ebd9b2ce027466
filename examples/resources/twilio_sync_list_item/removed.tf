resource "twilio_sync_list_item" "first_order" {
  item_ttl = null
}
