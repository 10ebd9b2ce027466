before "service_sid" {
  host = "sync.twilio.com"
  path = "/v1/Services"
  form = { FriendlyName = "Sync" }
}

before "document_sid" {
  host = "sync.twilio.com"
  path = "/v1/Services/{service_sid}/Documents"
  form = { UniqueName = "document" }
}
