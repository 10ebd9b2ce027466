# A feature flag, which the application reads.
resource "twilio_sync_map_item" "greeting" {
  service_sid = twilio_sync_service.app.sid
  map_sid     = twilio_sync_map.flags.sid
  key         = "features/greeting"
  data        = jsonencode({ enabled = true, text = "Hello" })
  item_ttl    = 86400
}
