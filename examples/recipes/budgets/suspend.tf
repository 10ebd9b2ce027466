# Stops everything of a team: terraform apply -invoke='action.twilio_suspend_subaccount.team["alerts"]'
action "twilio_suspend_subaccount" "team" {
  for_each = var.teams

  config {
    subaccount_sid = twilio_subaccount.team[each.key].sid
  }
}
