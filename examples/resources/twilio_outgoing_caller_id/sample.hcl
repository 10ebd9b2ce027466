before "caller_id" {
  host      = "api.twilio.com"
  path      = "/2010-04-01/Accounts/{account_sid}/OutgoingCallerIds"
  form      = { phone_number = "+14155550188", friendly_name = "(415) 555-0188" }
  put_there = true
}
