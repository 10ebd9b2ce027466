# What is switched on, by feature.
resource "twilio_sync_map" "flags" {
  service_sid    = twilio_sync_service.app.sid
  unique_name    = "flags"
  collection_ttl = 2592000
}
