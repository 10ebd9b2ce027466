resource "twilio_video_composition_settings" "account" {
  friendly_name       = "To our own bucket"
  aws_storage_enabled = true
  aws_s3_url          = "https://lessons-archive.s3.amazonaws.com/compositions"
  aws_credentials_sid = var.aws_credential
}
