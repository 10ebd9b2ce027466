before "alerts_code" {
  host      = "api.twilio.com"
  path      = "/2010-04-01/Accounts/{account_sid}/SMS/ShortCodes"
  form      = { short_code = "12345", friendly_name = "12345" }
  put_there = true
}
