resource "twilio_sync_map_permission" "operators" {
  service_sid = twilio_sync_service.app.sid
  map_sid     = twilio_sync_map.flags.sid
  identity    = "operators"
  read        = true
  write       = true
  manage      = false
}
