before "other_list_sid" {
  host = "api.twilio.com"
  path = "/2010-04-01/Accounts/{account_sid}/SIP/IpAccessControlLists.json"
  form = { FriendlyName = "Another list" }
}
