# Calls come out of this one, to the exchange of the office.
resource "twilio_trunk" "office" {
  friendly_name         = "Office"
  disaster_recovery_url = "https://example.com/voice/office-is-down"
  secure                = true
  transfer_mode         = "sip-only"
}

# Calls go into this one, too: to the name below pstn.twilio.com.
resource "twilio_trunk" "branch" {
  friendly_name = "Branch"
  domain_name   = "example-branch.pstn.twilio.com"
}
