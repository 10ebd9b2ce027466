data "twilio_account_webhooks" "all" {
  include_subaccounts = true
}

# Who still points at the old host?
data "twilio_account_webhooks" "old" {
  hosts = ["old.example.com", "*.old.example.com"]
}

output "still_at_the_old_host" {
  value = [
    for webhook in data.twilio_account_webhooks.old.webhooks :
    "${webhook.kind} ${coalesce(webhook.name, webhook.sid)}: ${webhook.attribute}"
  ]
}

# All webhooks go to hosts of ours.
locals {
  our_hosts = ["hooks.example.com", "webhooks.twilio.com", "handler.twilio.com"]
  strangers = [
    for webhook in data.twilio_account_webhooks.all.webhooks : webhook
    if !contains(local.our_hosts, coalesce(webhook.host, "unknown"))
  ]
}

check "webhooks_are_ours" {
  assert {
    condition     = data.twilio_account_webhooks.all.complete && length(local.strangers) == 0
    error_message = "At other hosts: ${jsonencode(local.strangers[*].url)}"
  }
}
