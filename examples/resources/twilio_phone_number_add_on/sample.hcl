before "number_sid" {
  host = "api.twilio.com"
  path = "/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers.json"
  form = { PhoneNumber = "+14155550171" }
}
before "spam_score_sid" {
  host = "marketplace.twilio.com"
  path = "/v1/InstalledAddOns"
  form = { AvailableAddOnSid = "XB00000000000000000000000000000001", AcceptTermsOfService = "true", UniqueName = "spam-score" }
}
before "caller_name_sid" {
  host = "marketplace.twilio.com"
  path = "/v1/InstalledAddOns"
  form = { AvailableAddOnSid = "XB00000000000000000000000000000002", AcceptTermsOfService = "true", UniqueName = "caller-name" }
}
before "carrier_sid" {
  host = "marketplace.twilio.com"
  path = "/v1/InstalledAddOns"
  form = { AvailableAddOnSid = "XB00000000000000000000000000000003", AcceptTermsOfService = "true", UniqueName = "carrier" }
}
witness = "unique_name" # Twilio has the SID of the installed add-on as the SID of the entry.
