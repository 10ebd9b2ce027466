before "listing" {
  host      = "marketplace.twilio.com"
  path      = "/v1/Listing"
  form      = {}
  put_there = true
}
