# API keys that are rotated with an overlap: the new key is there, and tried out, before the old one is revoked by an apply of its own.
terraform {
  required_version = ">= 1.11"
  required_providers {
    twilio = {
      source = "twilio-community/twilio"
    }
  }
}

# Only the auth token and main keys manage keys.
provider "twilio" {}

variable "keys" {
  description = "The keys that are valid, by the day on which they came. To rotate add one; when everything uses it take the old one out."
  type        = set(string)
  default     = ["2026-09-01"]
}

variable "current" {
  description = "The key that the application is to use."
  type        = string
  default     = "2026-09-01"

  validation {
    condition     = contains(var.keys, var.current)
    error_message = "The application cannot use a key that is not in keys."
  }
}

variable "oldest_days" {
  description = "How old a key of the account may become."
  type        = number
  default     = 90
}

resource "twilio_api_key" "application" {
  for_each = var.keys

  friendly_name = "Application ${each.key}"
  key_type      = "restricted"
  policy = {
    allow = ["/twilio/messaging/messages/create", "/twilio/messaging/messages/read"]
  }
}

# For what starts the application. The guide to secrets has ways that leave the secret out of the state.
output "api_key" {
  value = twilio_api_key.application[var.current].sid
}

output "api_secret" {
  value     = twilio_api_key.application[var.current].secret
  sensitive = true
}

# Every key of the account, also those that nobody here made. The data source stands outside of the check: inside,
# `plan -detailed-exitcode` would always end with 2.
data "twilio_api_keys" "all" {}

locals {
  oldest = timeadd(plantimestamp(), "-${24 * var.oldest_days}h")
  # A key whose age is not known, or cannot be read, may be the oldest of all.
  too_old = [
    for key in data.twilio_api_keys.all.api_keys :
    "${coalesce(key.friendly_name, "without a name")} (${key.sid}, of ${coalesce(key.date_created, "unknown age")})"
    if try(timecmp(key.date_created, local.oldest) < 0, true)
  ]
}

check "no_key_is_too_old" {
  assert {
    condition     = length(local.too_old) == 0
    error_message = "Older than ${var.oldest_days} days, or of unknown age: ${join(", ", local.too_old)}."
  }
}
