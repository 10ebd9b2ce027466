resource "twilio_test_sync_map_permission" "test" {
  service_sid = var.service_sid
  map_sid     = var.map_sid
  identity    = "bob/2"
  read        = true
  write       = true
  manage      = false
}
