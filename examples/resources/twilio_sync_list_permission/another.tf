resource "twilio_sync_list_permission" "kitchen" {
  identity = "another"
}
