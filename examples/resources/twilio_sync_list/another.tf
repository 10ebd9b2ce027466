resource "twilio_sync_list" "orders" {
  unique_name = "another"
}
