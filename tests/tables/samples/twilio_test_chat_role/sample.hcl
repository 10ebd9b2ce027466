before "service_sid" {
  host = "chat.twilio.com"
  path = "/v2/Services"
  form = { FriendlyName = "Chat" }
}
