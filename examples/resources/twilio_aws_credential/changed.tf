resource "twilio_aws_credential" "recordings" {
  friendly_name = "Recordings and compositions bucket"
}
