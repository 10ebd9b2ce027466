before "third_number_sid" {
  host = "api.twilio.com"
  path = "/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers.json"
  form = { PhoneNumber = "+14155550147" }
}
twins = false # A number is in one pool at a time.
