before "branch_domain_sid" {
  host = "api.twilio.com"
  path = "/2010-04-01/Accounts/{account_sid}/SIP/Domains.json"
  form = { DomainName = "example-branch-carrier.sip.twilio.com" }
}
