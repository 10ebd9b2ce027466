# Sign-ups that are verified by a code: a Verify service that sends from numbers of one's own, limits on how many codes somebody
# can ask for, a webhook, and numbers of testers that are never blocked.
terraform {
  required_version = ">= 1.5"
  required_providers {
    twilio = {
      source = "twilio-community/twilio"
    }
  }
}

provider "twilio" {}

variable "limits" {
  description = "What is limited, by the name that the application sends with each start: how many starts within how many seconds."
  type        = map(map(number))
  default = {
    end_user_ip_address = { 60 = 5, 86400 = 50 }
    session             = { 3600 = 10 }
  }
}

variable "testers" {
  description = "Phone numbers that are never blocked."
  type        = set(string)
  default     = ["+14155550142", "+14155550143"]
}

variable "webhook_url" {
  type    = string
  default = "https://example.com/verify"
}

locals {
  buckets = merge([
    for limit, buckets in var.limits : {
      for interval, most in buckets : "${limit}/${interval}" => { limit = limit, interval = tonumber(interval), max = most }
    }
  ]...)
}

resource "twilio_messaging_service" "codes" {
  friendly_name = "Codes"
  usecase       = "verification"
}

resource "twilio_verify_service" "sign_up" {
  friendly_name                = "Sign-up"
  code_length                  = 6
  do_not_share_warning_enabled = true
}

# Codes for all countries come from the messaging service.
resource "twilio_verify_messaging_configuration" "all" {
  service_sid           = twilio_verify_service.sign_up.sid
  country               = "all"
  messaging_service_sid = twilio_messaging_service.codes.sid
}

resource "twilio_verify_rate_limit" "limit" {
  for_each    = var.limits
  service_sid = twilio_verify_service.sign_up.sid
  unique_name = each.key
}

resource "twilio_verify_rate_limit_bucket" "bucket" {
  for_each       = local.buckets
  service_sid    = twilio_verify_service.sign_up.sid
  rate_limit_sid = twilio_verify_rate_limit.limit[each.value.limit].sid
  interval       = each.value.interval
  max            = each.value.max
}

resource "twilio_verify_webhook" "factors" {
  service_sid   = twilio_verify_service.sign_up.sid
  friendly_name = "Factors"
  event_types   = ["*"]
  webhook_url   = var.webhook_url
}

resource "twilio_verify_safelist_number" "tester" {
  for_each     = var.testers
  phone_number = each.value
}

output "service_sid" {
  description = "What the application starts verifications with."
  value       = twilio_verify_service.sign_up.sid
}
