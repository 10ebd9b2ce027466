resource "twilio_trunk" "office" {
  friendly_name      = "Head office"
  transfer_mode      = "enable-all"
  transfer_caller_id = "from-transferor"
}
