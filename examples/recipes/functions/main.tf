# An application of Twilio Functions and Assets: functions that answer calls and messages, a site, and a number that leads to them.
# Each file of a folder is a function or a page. Changed code is built, deployed in place, and only then the old build goes.
terraform {
  required_version = ">= 1.5"
  required_providers {
    twilio = {
      source = "twilio-community/twilio"
    }
  }
}

provider "twilio" {}

variable "area_code" {
  type    = string
  default = "415"
}

variable "packages" {
  description = "Packages that the functions need, with their versions: what a package.json has under dependencies."
  type        = map(string)
  default = {
    twilio = "5.3.0"
  }
}

variable "settings" {
  description = "What the functions read as context.NAME. For secrets see value_wo of twilio_serverless_variable."
  type        = map(string)
  default = {
    HARBOUR = "Half Moon Bay"
  }
}

locals {
  # As Twilio's own toolkit names files: x.protected.js answers requests that Twilio has signed, x.private.js other functions alone.
  functions = {
    for file in fileset("${path.module}/functions", "**/*.js") : file => {
      path = "/${replace(trimsuffix(file, ".js"), "/\\.(protected|private)$/", "")}"
      visibility = (
        endswith(file, ".protected.js") ? "protected" :
        endswith(file, ".private.js") ? "private" : "public"
      )
    }
  }
  domain = "https://${twilio_serverless_environment.production.domain_name}"
}

resource "twilio_serverless_service" "tides" {
  unique_name   = "tides"
  friendly_name = "Tides"
}

resource "twilio_serverless_environment" "production" {
  service_sid = twilio_serverless_service.tides.sid
  unique_name = "production"
}

resource "twilio_serverless_variable" "setting" {
  for_each        = var.settings
  service_sid     = twilio_serverless_service.tides.sid
  environment_sid = twilio_serverless_environment.production.sid
  key             = each.key
  value           = each.value
}

resource "twilio_serverless_function" "file" {
  for_each      = local.functions
  service_sid   = twilio_serverless_service.tides.sid
  friendly_name = each.value.path
  path          = each.value.path
  visibility    = each.value.visibility
  source        = "${path.module}/functions/${each.key}"
}

resource "twilio_serverless_asset" "page" {
  for_each      = fileset("${path.module}/site", "**")
  service_sid   = twilio_serverless_service.tides.sid
  friendly_name = "/${each.value}"
  path          = "/${each.value}"
  visibility    = "public"
  source        = "${path.module}/site/${each.value}"
}

resource "twilio_serverless_build" "current" {
  service_sid           = twilio_serverless_service.tides.sid
  function_version_sids = [for function in twilio_serverless_function.file : function.version_sid]
  asset_version_sids    = [for page in twilio_serverless_asset.page : page.version_sid]
  dependencies          = var.packages
  runtime               = "node22"

  # The new build is made and deployed before the old one goes: no request meets an environment without a build.
  lifecycle {
    create_before_destroy = true
  }
}

resource "twilio_serverless_deployment" "production" {
  service_sid     = twilio_serverless_service.tides.sid
  environment_sid = twilio_serverless_environment.production.sid
  build_sid       = twilio_serverless_build.current.sid

  # Functions find their settings from the first request on.
  depends_on = [twilio_serverless_variable.setting]
}

resource "twilio_phone_number" "tides" {
  area_code = var.area_code
  voice_url = "${local.domain}${twilio_serverless_function.file["voice.protected.js"].path}"
  sms_url   = "${local.domain}${twilio_serverless_function.file["sms.protected.js"].path}"

  # Nobody calls before somebody answers.
  depends_on = [twilio_serverless_deployment.production]
}

output "number" {
  value = twilio_phone_number.tides.phone_number
}

output "site" {
  value = "${local.domain}/index.html"
}
