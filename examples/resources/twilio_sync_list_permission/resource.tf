resource "twilio_sync_list_permission" "kitchen" {
  service_sid = twilio_sync_service.app.sid
  list_sid    = twilio_sync_list.orders.sid
  identity    = "kitchen"
  read        = true
  write       = true
  manage      = false
}
