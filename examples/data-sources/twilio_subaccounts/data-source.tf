data "twilio_subaccounts" "active" {
  status = "active"
}

# The numbers of each subaccount.
data "twilio_phone_numbers" "of" {
  for_each    = { for account in data.twilio_subaccounts.active.subaccounts : account.sid => account }
  account_sid = each.key
}
