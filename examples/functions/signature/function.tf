variable "auth_token" {
  type      = string
  sensitive = true
  default   = "12345"
}

locals {
  webhook = "https://mycompany.com/myapp.php?foo=1&bar=2"
  params = {
    CallSid = "CA1234567890ABCDE"
    Caller  = "+14158675309"
    Digits  = "1234"
    From    = "+14158675309"
    To      = "+18005551212"
  }
}

output "x_twilio_signature" {
  value     = provider::twilio::signature(var.auth_token, local.webhook, local.params)
  sensitive = true
}
