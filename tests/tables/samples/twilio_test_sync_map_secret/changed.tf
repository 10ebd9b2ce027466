resource "twilio_test_sync_map_secret" "test" {
  data_wo         = jsonencode({ code = "Hush-2-Hush" })
  data_wo_version = 2
}
