twins = false # Twilio has each unique name once in an account.
before "spam_scores" {
  host      = "marketplace.twilio.com"
  path      = "/v1/AvailableAddOns"
  form      = { friendly_name = "Spam scores", pricing_type = "per lookup" }
  put_there = true
}
