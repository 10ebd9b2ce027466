# A site and the functions behind a few numbers, in two environments: what a team has that keeps its code beside its Terraform.
terraform {
  required_version = ">= 1.11"
  required_providers {
    twilio = {
      source = "twilio-community/twilio"
    }
  }
}

provider "twilio" {}

variable "greeting" {
  type    = string
  default = "Good tide to you."
}

variable "weather_key" {
  type      = string
  sensitive = true
  ephemeral = true
  default   = "wk-7d1f0c55"
}

# A build that production goes back to, in place of the newest.
variable "production_build_sid" {
  type    = string
  default = null
}

locals {
  functions    = jsondecode(file("${path.module}/functions.json"))
  package      = jsondecode(file("${path.module}/package.json"))
  environments = { staging = "stg", production = null }

  settings = {
    for pair in setproduct(keys(local.environments), ["GREETING", "STAGE"]) :
    "${pair[0]}/${pair[1]}" => {
      environment = pair[0]
      key         = pair[1]
      value       = pair[1] == "STAGE" ? pair[0] : var.greeting
    }
  }

  base = "https://${data.twilio_serverless_environment.production.domain_name}"
}

data "twilio_account" "own" {}

resource "twilio_serverless_service" "tide_line" {
  unique_name         = "tide-line"
  friendly_name       = "Tide line"
  include_credentials = true
  ui_editable         = false
}

resource "twilio_serverless_function" "function" {
  for_each      = local.functions
  service_sid   = twilio_serverless_service.tide_line.sid
  friendly_name = each.key
  path          = each.value.path
  visibility    = each.value.visibility
  source        = "${path.module}/functions/${each.value.file}"
}

resource "twilio_serverless_asset" "page" {
  for_each      = fileset("${path.module}/site", "**")
  service_sid   = twilio_serverless_service.tide_line.sid
  friendly_name = each.value
  path          = "/${each.value}"
  visibility    = "public"
  source        = "${path.module}/site/${each.value}"
}

resource "twilio_serverless_build" "newest" {
  service_sid           = twilio_serverless_service.tide_line.sid
  function_version_sids = sort([for function in twilio_serverless_function.function : function.version_sid])
  asset_version_sids    = sort([for page in twilio_serverless_asset.page : page.version_sid])
  dependencies          = local.package.dependencies
  runtime               = "node22"

  # What ran before stays, to go back to.
  on_destroy = "retain"

  lifecycle {
    create_before_destroy = true
  }
}

resource "twilio_serverless_environment" "environment" {
  for_each      = local.environments
  service_sid   = twilio_serverless_service.tide_line.sid
  unique_name   = each.key
  domain_suffix = each.value
}

resource "twilio_serverless_variable" "setting" {
  for_each        = local.settings
  service_sid     = twilio_serverless_service.tide_line.sid
  environment_sid = twilio_serverless_environment.environment[each.value.environment].sid
  key             = each.value.key
  value           = each.value.value
}

resource "twilio_serverless_variable" "weather_key" {
  for_each         = twilio_serverless_environment.environment
  service_sid      = twilio_serverless_service.tide_line.sid
  environment_sid  = each.value.sid
  key              = "WEATHER_KEY"
  value_wo         = var.weather_key
  value_wo_version = 1
}

resource "twilio_serverless_deployment" "environment" {
  for_each        = twilio_serverless_environment.environment
  service_sid     = twilio_serverless_service.tide_line.sid
  environment_sid = each.value.sid
  build_sid       = each.key == "production" && var.production_build_sid != null ? var.production_build_sid : twilio_serverless_build.newest.sid
  depends_on      = [twilio_serverless_variable.setting, twilio_serverless_variable.weather_key]
}

# As a second team would find the address.
data "twilio_serverless_environment" "production" {
  service_sid = twilio_serverless_service.tide_line.sid
  sid         = twilio_serverless_environment.environment["production"].sid
}

data "twilio_available_phone_numbers" "local" {
  iso_country = "US"
  type        = "local"
  area_code   = "415"
}

resource "twilio_phone_number" "searched" {
  for_each      = { calls = { sms_enabled = true }, texts = { voice_enabled = true, sms_enabled = true } }
  friendly_name = "Tide line ${each.key}"

  search = merge({ type = "local", iso_country = "US", area_code = "415" }, each.value)

  voice_url          = "${local.base}${local.functions.menu.path}"
  voice_fallback_url = "${local.base}${local.functions.after_hours.path}"
  status_callback    = "${local.base}${local.functions.health.path}"

  lifecycle {
    ignore_changes = [search]
  }
}

resource "twilio_phone_number" "known" {
  phone_number  = "+14155550181"
  friendly_name = "Tide line"
  voice_url     = "${local.base}${local.functions.menu.path}"
}

resource "twilio_messaging_service" "tide_line" {
  friendly_name       = "Tide line"
  inbound_request_url = "${local.base}${local.functions.sms_in.path}"
}

resource "twilio_messaging_service_phone_number" "number" {
  for_each         = merge(twilio_phone_number.searched, { known = twilio_phone_number.known })
  service_sid      = twilio_messaging_service.tide_line.sid
  phone_number_sid = each.value.sid
}

resource "twilio_verify_service" "tide_line" {
  friendly_name = "Tide line"
  code_length   = 6
}

resource "twilio_verify_rate_limit" "address" {
  service_sid = twilio_verify_service.tide_line.sid
  unique_name = "address"
}

resource "twilio_verify_rate_limit_bucket" "address" {
  for_each       = { 60 = 4, 3600 = 20 }
  service_sid    = twilio_verify_service.tide_line.sid
  rate_limit_sid = twilio_verify_rate_limit.address.sid
  interval       = each.key
  max            = each.value
}

output "addresses" {
  value = { for name, environment in twilio_serverless_environment.environment : name => "https://${environment.domain_name}" }
}

output "account" {
  value = data.twilio_account.own.friendly_name
}

output "for_sale" {
  value = length(data.twilio_available_phone_numbers.local.phone_numbers)
}
