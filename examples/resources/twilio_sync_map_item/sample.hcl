before "service_sid" {
  host = "sync.twilio.com"
  path = "/v1/Services"
}

before "map_sid" {
  host = "sync.twilio.com"
  path = "/v1/Services/{service_sid}/Maps"
}
