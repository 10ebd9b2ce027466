before "other_list_sid" {
  host = "api.twilio.com"
  path = "/2010-04-01/Accounts/{account_sid}/SIP/CredentialLists.json"
  form = { FriendlyName = "Another list" }
}
