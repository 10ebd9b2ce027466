resource "twilio_api_key" "application" {
  friendly_name = "Application"

  # Another value makes a new key; the old one goes when the new one is in place.
  keepers = {
    rotated = "2026-11"
  }

  lifecycle {
    create_before_destroy = true
  }
}

# A key that may do nothing but this.
resource "twilio_api_key" "sender" {
  friendly_name = "Sender of alerts"
  key_type      = "restricted"

  policy = {
    allow = [
      "/twilio/messaging/messages/create",
      "/twilio/messaging/messages/read",
    ]
  }
}
