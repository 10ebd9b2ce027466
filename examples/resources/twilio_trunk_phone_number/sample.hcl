before "number_sid" {
  host = "api.twilio.com"
  path = "/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers.json"
  form = { PhoneNumber = "+14155550160" }
}
before "second_number_sid" {
  host = "api.twilio.com"
  path = "/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers.json"
  form = { PhoneNumber = "+14155550161" }
}
before "third_number_sid" {
  host = "api.twilio.com"
  path = "/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers.json"
  form = { PhoneNumber = "+14155550162" }
}
witness = "phone_number" # Twilio has the SID of the number as the SID of the entry.
