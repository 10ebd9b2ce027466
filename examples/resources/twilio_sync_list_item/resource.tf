# What the application begins with.
resource "twilio_sync_list_item" "first_order" {
  service_sid = twilio_sync_service.app.sid
  list_sid    = twilio_sync_list.orders.sid
  data        = jsonencode({ dish = "Soup", table = 1 })
  item_ttl    = 86400
}
