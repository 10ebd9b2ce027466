# A user of AWS that may put objects into one bucket and nothing else. Its key is in no state and no plan.
resource "twilio_aws_credential" "recordings" {
  friendly_name          = "Recordings bucket"
  credentials_wo         = "AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
  credentials_wo_version = 1

  lifecycle {
    create_before_destroy = true
  }
}
