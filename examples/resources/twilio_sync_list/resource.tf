# The orders of the day. The application appends to it.
resource "twilio_sync_list" "orders" {
  service_sid    = twilio_sync_service.app.sid
  unique_name    = "orders"
  collection_ttl = 2592000
}
