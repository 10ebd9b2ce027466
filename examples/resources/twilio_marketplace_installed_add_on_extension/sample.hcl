before "installed" {
  host      = "marketplace.twilio.com"
  path      = "/v1/InstalledAddOns"
  form      = { friendly_name = "Spam scores", unique_name = "spam" }
  put_there = true
}
before "voice" {
  host      = "marketplace.twilio.com"
  path      = "/v1/InstalledAddOns/{installed}/Extensions"
  form      = { friendly_name = "Incoming voice call", product_name = "Programmable Voice", unique_name = "voice-incoming" }
  put_there = true
}
