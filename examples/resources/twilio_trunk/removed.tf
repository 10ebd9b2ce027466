resource "twilio_trunk" "office" {
  disaster_recovery_url = null
  secure                = null
  transfer_mode         = null
  transfer_caller_id    = null
}
