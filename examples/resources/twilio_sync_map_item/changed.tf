resource "twilio_sync_map_item" "greeting" {
  data = jsonencode({ enabled = true, text = "Welcome" })
}
