before "other_service_sid" {
  host = "messaging.twilio.com"
  path = "/v1/Services"
  form = {
    FriendlyName = "Codes for Germany"
  }
}
