# The webhooks of an organisation on every number that an account has, whoever bought it: one block, and no number that nothing responds to.
terraform {
  required_version = ">= 1.11"
  required_providers {
    twilio = {
      source = "twilio-community/twilio"
    }
  }
}

provider "twilio" {}

variable "host" {
  description = "Where all webhooks go."
  type        = string
  default     = "hooks.example.com"
  validation {
    condition     = can(regex("^[A-Za-z0-9.-]+(:[0-9]+)?$", var.host))
    error_message = "A host alone, such as hooks.example.com: without https:// before it, and without a path."
  }
}

variable "own" {
  description = "Numbers (E.164) whose webhooks are somebody else's business."
  type        = set(string)
  default     = []
}

data "twilio_phone_numbers" "all" {}

locals {
  numbers = toset([
    for number in data.twilio_phone_numbers.all.phone_numbers : number.phone_number
    if !contains(var.own, number.phone_number)
  ])
}

# A number that comes gets them with the next apply. One that goes leaves this configuration, and keeps them until then.
resource "twilio_phone_number_webhooks" "baseline" {
  for_each = local.numbers

  phone_number       = each.value
  voice_url          = "https://${var.host}/voice"
  voice_fallback_url = "https://${var.host}/voice/fallback"
  sms_url            = "https://${var.host}/sms"
  sms_fallback_url   = "https://${var.host}/sms/fallback"
  status_callback    = "https://${var.host}/calls"
  on_destroy         = "retain"
}

# What else than numbers still points somewhere else. It stands outside of the check: inside, `plan -detailed-exitcode` would always
# end with 2.
data "twilio_account_webhooks" "all" {}

locals {
  elsewhere = [
    for webhook in data.twilio_account_webhooks.all.webhooks :
    "${webhook.kind} ${coalesce(webhook.name, webhook.sid)} (${webhook.attribute})"
    if webhook.kind != "phone_numbers" && !contains([var.host, "webhooks.twilio.com"], coalesce(webhook.host, "unknown"))
  ]
}

check "all_webhooks_are_ours" {
  assert {
    condition     = data.twilio_account_webhooks.all.complete
    error_message = "Not known: ${jsonencode(data.twilio_account_webhooks.all.unread)}"
  }
  assert {
    condition     = length(local.elsewhere) == 0
    error_message = "At other hosts: ${join(", ", local.elsewhere)}"
  }
}

output "elsewhere" {
  value = local.elsewhere
}
