resource "twilio_aws_credential" "recordings" {
  friendly_name = null
}
