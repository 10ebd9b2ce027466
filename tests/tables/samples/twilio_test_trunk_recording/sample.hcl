before "trunk_sid" {
  host = "trunking.twilio.com"
  path = "/v1/Trunks"
  form = { FriendlyName = "Trunk" }
}
