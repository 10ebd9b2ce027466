resource "twilio_video_composition_settings" "account" {
  aws_storage_enabled = null
}
