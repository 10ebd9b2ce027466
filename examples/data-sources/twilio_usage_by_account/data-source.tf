data "twilio_usage_by_account" "month" {
  period = "last_month"
}

# A bill for each team.
output "spent_last_month" {
  value = {
    for account in data.twilio_usage_by_account.month.accounts :
    "${account.friendly_name} (${account.account_sid})" => account.price
  }
}

# The table for a spreadsheet: terraform output -raw table > usage.csv
output "table" {
  value = data.twilio_usage_by_account.month.csv
}

# Says so when the table does not have everything.
check "every_account_was_read" {
  assert {
    condition     = data.twilio_usage_by_account.month.complete
    error_message = "Not known: ${jsonencode(data.twilio_usage_by_account.month.unread)}"
  }
}
