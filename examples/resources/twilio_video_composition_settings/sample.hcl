before "aws_credential" {
  host = "accounts.twilio.com"
  path = "/v1/Credentials/AWS"
  form = { Credentials = "AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" }
}
