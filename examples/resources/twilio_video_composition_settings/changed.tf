resource "twilio_video_composition_settings" "account" {
  friendly_name = "To our own bucket, by year"
  aws_s3_url    = "https://lessons-archive.s3.amazonaws.com/2026/compositions"
}
