variable "office" {
  type    = string
  default = "(415) 555-0142"
}

resource "twilio_twiml_app" "office" {
  friendly_name = "Office"
  voice_url     = "https://example.com/forward?to=${urlencode(provider::twilio::e164(var.office, "US"))}"
}
