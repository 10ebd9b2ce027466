# Fifty tenants of one application, each in a subaccount of its own: its numbers, a messaging service that sends from them, a key for
# the application, and the countries that it may send to. All of them come from one map, tenants.tf: a tenant is a line there.
#
# The provider is signed in with the parent account, by its auth token. account_sid says which subaccount something goes into.
terraform {
  required_version = ">= 1.5"
  required_providers {
    twilio = {
      source = "twilio-community/twilio"
    }
  }
}

provider "twilio" {}

variable "inbound_url" {
  description = "Where the application takes messages of all tenants; Twilio says with each which account it came for."
  type        = string
  default     = "https://app.example.com/messages"
}

variable "countries" {
  description = <<-EOT
    Countries whose permission is managed in each subaccount. A tenant that does not name one of these may not send there. Countries
    that are not in it keep what they have.
  EOT
  type        = set(string)
  default     = ["US", "CA", "GB", "DE"]
}

variable "leaving" {
  description = <<-EOT
    Tenants who are about to go: what they have loses its protection. A second apply, with their lines taken out of tenants.tf, closes
    their subaccounts for good and releases their numbers.
  EOT
  type        = set(string)
  default     = []
}

variable "secret_recipient" {
  description = "Public key of age that may read the secrets of the keys. Without it the state has them as they are."
  type        = string
  default     = null
}

locals {
  numbers = merge([
    for tenant, about in local.tenants : {
      for purpose, area_code in about.numbers : "${tenant}/${purpose}" => { tenant = tenant, area_code = area_code }
    }
  ]...)

  permissions = merge([
    for tenant, about in local.tenants : {
      for country in var.countries : "${tenant}/${country}" => {
        tenant  = tenant
        country = country
        enabled = contains(about.countries, country)
      }
    }
  ]...)
}

resource "twilio_subaccount" "tenant" {
  for_each            = local.tenants
  friendly_name       = each.value.name
  deletion_protection = !contains(var.leaving, each.key)

  lifecycle {
    precondition {
      condition     = length(setsubtract(each.value.countries, var.countries)) == 0
      error_message = "A tenant names a country that is not in var.countries, so that nothing would enable it."
    }
  }
}

resource "twilio_phone_number" "tenant" {
  for_each            = local.numbers
  account_sid         = twilio_subaccount.tenant[each.value.tenant].sid
  friendly_name       = each.key
  area_code           = each.value.area_code
  deletion_protection = !contains(var.leaving, each.value.tenant)
}

resource "twilio_messaging_service" "tenant" {
  for_each            = local.tenants
  account_sid         = twilio_subaccount.tenant[each.key].sid
  friendly_name       = each.value.name
  inbound_request_url = var.inbound_url
}

resource "twilio_messaging_service_phone_number" "tenant" {
  for_each         = local.numbers
  account_sid      = twilio_subaccount.tenant[each.value.tenant].sid
  service_sid      = twilio_messaging_service.tenant[each.value.tenant].sid
  phone_number_sid = twilio_phone_number.tenant[each.key].sid
}

# What the application signs in with on behalf of the tenant. It reaches nothing but the tenant's subaccount.
resource "twilio_api_key" "tenant" {
  for_each         = local.tenants
  account_sid      = twilio_subaccount.tenant[each.key].sid
  friendly_name    = "Application"
  secret_recipient = var.secret_recipient
}

resource "twilio_messaging_geo_permissions" "tenant" {
  for_each     = local.permissions
  account_sid  = twilio_subaccount.tenant[each.value.tenant].sid
  country_code = each.value.country
  enabled      = each.value.enabled
}

output "tenants" {
  description = "What the application has to know of each tenant."
  sensitive   = true
  value = {
    for tenant, about in local.tenants : tenant => {
      account_sid           = twilio_subaccount.tenant[tenant].sid
      messaging_service_sid = twilio_messaging_service.tenant[tenant].sid
      api_key_sid           = twilio_api_key.tenant[tenant].sid
      api_key_secret        = try(coalesce(twilio_api_key.tenant[tenant].encrypted_secret, twilio_api_key.tenant[tenant].secret), null)
      numbers               = { for purpose in keys(about.numbers) : purpose => twilio_phone_number.tenant["${tenant}/${purpose}"].phone_number }
    }
  }
}
