# A budget for each team's subaccount: a warning in each plan, a webhook at once, and a table of who spends what. suspend.tf has the
# action that stops a team, and needs Terraform 1.14.
terraform {
  required_version = ">= 1.11"
  required_providers {
    twilio = {
      source = "twilio-community/twilio"
    }
  }
}

provider "twilio" {}

variable "teams" {
  description = "The teams, and what each may spend in a month: soft is when somebody should look, hard is what must not be reached."
  type = map(object({
    soft = number
    hard = number
  }))
  default = {
    alerts  = { soft = 400, hard = 600 }
    support = { soft = 1500, hard = 2500 }
  }
}

resource "twilio_subaccount" "team" {
  for_each = var.teams

  friendly_name = each.key
}

# Twilio requests the webhook once in each month, as soon as the amount is reached.
resource "twilio_usage_trigger" "hard" {
  for_each = var.teams

  account_sid    = twilio_subaccount.team[each.key].sid
  friendly_name  = "hard limit of ${each.key}"
  usage_category = "totalprice"
  trigger_by     = "price"
  trigger_value  = tostring(each.value.hard)
  recurring      = "monthly"
  callback_url   = "https://hooks.example.com/budgets/${each.key}"
}

# The data sources stand outside of the checks, which refer to them: inside, `plan -detailed-exitcode` would always end with 2.
data "twilio_budget_status" "team" {
  for_each = var.teams

  account_sid = twilio_subaccount.team[each.key].sid
  soft        = each.value.soft
  hard        = each.value.hard
}

data "twilio_usage_anomaly" "team" {
  for_each = var.teams

  account_sid = twilio_subaccount.team[each.key].sid
  category    = "totalprice"
  min_price   = 25
}

data "twilio_usage_by_account" "month" {
  depends_on = [twilio_subaccount.team]
}

check "every_team_is_within_its_budget" {
  assert {
    condition = alltrue([for status in data.twilio_budget_status.team : status.state == "within"])
    error_message = join("\n", [
      for team, status in data.twilio_budget_status.team :
      "${team}: ${status.state}, ${coalesce(status.spent, "an unknown amount")} spent." if status.state != "within"
    ])
  }
}

check "no_team_costs_more_than_usual" {
  assert {
    condition     = !anytrue([for comparison in data.twilio_usage_anomaly.team : comparison.anomalous])
    error_message = "More than usual: ${join(", ", [for team, comparison in data.twilio_usage_anomaly.team : team if comparison.anomalous])}."
  }
}

check "every_account_was_read" {
  assert {
    condition     = data.twilio_usage_by_account.month.complete
    error_message = "The table lacks accounts: ${jsonencode(data.twilio_usage_by_account.month.unread)}"
  }
}

# terraform output -raw table > usage.csv
output "table" {
  value = data.twilio_usage_by_account.month.csv
}
