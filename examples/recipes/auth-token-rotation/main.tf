# The auth token of an account, rotated without a moment in which nothing works: the new token is there, handed out and tried before the
# old one dies.
terraform {
  required_version = ">= 1.11"
  required_providers {
    twilio = {
      source = "twilio-community/twilio"
    }
  }
}

provider "twilio" {}

variable "rotation" {
  description = "The rotation that is under way, by any name; null while there is none."
  type        = string
  default     = null
}

variable "try_it" {
  description = "Whether to sign in with the new token: each plan then fails unless Twilio takes it."
  type        = bool
  default     = false
}

resource "twilio_secondary_auth_token" "next" {
  count = var.rotation == null ? 0 : 1

  keepers = {
    rotation = var.rotation
  }
}

# For what hands it out. The guide to secrets has ways that put it into a secret store.
output "next_auth_token" {
  value     = one(twilio_secondary_auth_token.next[*].secondary_auth_token)
  sensitive = true
}

# What a machine has is the new token if this is its SHA-256.
output "next_auth_token_sha256" {
  value = one(twilio_secondary_auth_token.next[*].token_sha256)
}

output "status" {
  value = one(twilio_secondary_auth_token.next[*].status)
}

provider "twilio" {
  alias      = "next"
  auth_token = one(twilio_secondary_auth_token.next[*].secondary_auth_token)
}

data "twilio_account" "by_the_new_token" {
  count    = var.try_it ? 1 : 0
  provider = twilio.next
}
