# The map of feature flags, which the application reads.
resource "twilio_sync_map_item" "greeting" {
  service_sid = var.service_sid
  map_sid     = var.map_sid
  key         = "features/greeting"
  data        = jsonencode({ enabled = true, text = "Hello" })
  item_ttl    = 86400
}
