before "installed" {
  host = "marketplace.twilio.com"
  path = "/v1/InstalledAddOns"
  form = { AvailableAddOnSid = "XB0123456789abcdef0123456789abcdef", AcceptTermsOfService = "true", UniqueName = "spam" }
}
before "voice" {
  host      = "marketplace.twilio.com"
  path      = "/v1/InstalledAddOns/{installed}/Extensions"
  form      = { friendly_name = "Incoming voice call", product_name = "Programmable Voice", unique_name = "voice-incoming" }
  put_there = true
}
