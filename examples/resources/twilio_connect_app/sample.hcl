before "reports_app" {
  host      = "api.twilio.com"
  path      = "/2010-04-01/Accounts/{account_sid}/ConnectApps"
  form      = { friendly_name = "Made in the Console", company_name = "Example Inc." }
  put_there = true
}
