# Who changed what a plan found changed: Twilio's own record, for each object in ../plan.json, which `terraform show -json` has written.
# It reads, and makes nothing. drift.yml runs it after a plan that found something.
terraform {
  required_version = ">= 1.6"
  required_providers {
    twilio = {
      source = "twilio-community/twilio"
    }
  }
}

provider "twilio" {}

variable "plan" {
  description = "What `terraform show -json` has written of the plan."
  type        = string
  default     = "../plan.json"
}

locals {
  plan  = jsondecode(file(var.plan))
  drift = try(local.plan.resource_drift, [])

  # By address, so that the report says which object is meant. What has no SID, as settings, has no record that could be found by it.
  changed = {
    for change in local.drift : change.address => {
      sid         = change.change.before.sid
      account_sid = try(change.change.before.account_sid, null)
    } if startswith(change.type, "twilio_") && try(change.change.before.sid, null) != null
  }
}

data "twilio_monitor_events" "of" {
  for_each = local.changed

  account_sid  = each.value.account_sid
  resource_sid = each.value.sid
  limit        = 5
}

output "who_changed_what" {
  value = join("\n", flatten([
    for address, found in data.twilio_monitor_events.of : [
      "${address}:",
      length(found.events) == 0 ? ["  Twilio has no record of it."] : [
        for event in found.events : join(" ", [
          " ", coalesce(event.event_date, "at an unknown time"), coalesce(event.event_type, "changed"),
          "by ${coalesce(event.actor_type, "somebody")} ${coalesce(event.actor_sid, "unknown")}",
          "with ${coalesce(event.source, "an unknown tool")} from ${coalesce(event.source_ip_address, "an unknown address")}",
        ])
      ],
    ]
  ]))
}
