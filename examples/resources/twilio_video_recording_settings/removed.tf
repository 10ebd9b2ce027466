resource "twilio_video_recording_settings" "account" {
  aws_storage_enabled = null
}
