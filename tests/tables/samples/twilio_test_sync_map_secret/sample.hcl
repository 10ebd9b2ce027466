before "service_sid" {
  host = "sync.twilio.com"
  path = "/v1/Services"
  form = { FriendlyName = "Sync" }
}

before "map_sid" {
  host = "sync.twilio.com"
  path = "/v1/Services/{service_sid}/Maps"
  form = { UniqueName = "doors" }
}
