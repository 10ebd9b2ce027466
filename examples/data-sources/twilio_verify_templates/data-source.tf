data "twilio_verify_templates" "ours" {
  friendly_name = "Sign in"
}

resource "twilio_verify_service" "sign_in" {
  friendly_name        = "Sign in"
  default_template_sid = one(data.twilio_verify_templates.ours.templates[*].sid)
}
