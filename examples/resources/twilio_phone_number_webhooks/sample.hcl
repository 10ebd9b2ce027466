# The number that another team bought.
before "number_sid" {
  host = "api.twilio.com"
  path = "/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers.json"
  form = { PhoneNumber = "+14155550142" }
}
imports = ["{phone_number}"]
