data "twilio_budget_status" "month" {
  soft = 5000
  hard = 8000
}

# Warns in each plan, and stops nothing.
check "within_the_budget" {
  assert {
    condition     = data.twilio_budget_status.month.state == "within"
    error_message = "This month's budget: ${data.twilio_budget_status.month.state}, ${coalesce(data.twilio_budget_status.month.spent, "an unknown amount")} spent."
  }
}

# What a check must not let pass: nothing new is applied once the money is gone.
data "twilio_budget_status" "day" {
  hard   = 1000000
  period = "daily"

  lifecycle {
    postcondition {
      condition     = self.state == "within"
      error_message = "Today's budget: ${self.state}."
    }
  }
}
