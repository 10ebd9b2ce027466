resource "twilio_test_sync_map_item" "test" {
  service_sid = var.service_sid
  map_sid     = var.map_sid
  key         = "greetings/en/short"
  data        = jsonencode({ text = "Hello" })
}
