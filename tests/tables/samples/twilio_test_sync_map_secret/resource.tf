resource "twilio_test_sync_map_secret" "test" {
  service_sid     = var.service_sid
  map_sid         = var.map_sid
  key             = "doors/front"
  data_wo         = jsonencode({ code = "Hush-1-Hush" })
  data_wo_version = 1
}
