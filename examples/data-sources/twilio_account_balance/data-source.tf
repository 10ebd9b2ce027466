data "twilio_account_balance" "current" {}

# Warns in each plan, and stops nothing.
check "there_is_money_left" {
  assert {
    condition     = data.twilio_account_balance.current.balance > 50
    error_message = "Only ${data.twilio_account_balance.current.balance} ${data.twilio_account_balance.current.currency} are left."
  }
}
