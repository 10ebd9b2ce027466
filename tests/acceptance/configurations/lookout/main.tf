# Two functions that a compiler has written into dist, with settings of which some are secret. What calls them is elsewhere and gets the
# address as an output.
terraform {
  required_version = ">= 1.11"
  required_providers {
    twilio = {
      source = "twilio-community/twilio"
    }
  }
}

provider "twilio" {}

variable "settings" {
  type = map(string)
  default = {
    BUCKET  = "lookout-frames"
    REGION  = "eu-central-1"
    TIMEOUT = "8"
  }
}

variable "secrets" {
  type      = map(string)
  sensitive = true
  default = {
    BUCKET_KEY = "bk-51f0c7"
    SIGNING    = "sg-93aa1e"
  }
}

locals {
  functions = { for file in fileset("${path.module}/dist", "*.js") : trimsuffix(file, ".js") => "${path.module}/dist/${file}" }
}

resource "twilio_serverless_service" "lookout" {
  unique_name   = "lookout"
  friendly_name = "Lookout"
}

resource "twilio_serverless_function" "compiled" {
  for_each      = local.functions
  service_sid   = twilio_serverless_service.lookout.sid
  friendly_name = each.key
  path          = "/${each.key}"
  visibility    = "public"
  source        = each.value
}

resource "twilio_serverless_environment" "production" {
  service_sid   = twilio_serverless_service.lookout.sid
  unique_name   = "production"
  domain_suffix = "prod"
}

resource "twilio_serverless_variable" "setting" {
  for_each        = var.settings
  service_sid     = twilio_serverless_service.lookout.sid
  environment_sid = twilio_serverless_environment.production.sid
  key             = each.key
  value           = each.value
}

# The names are no secret, so that they can be addresses.
resource "twilio_serverless_variable" "secret" {
  for_each         = nonsensitive(toset(keys(var.secrets)))
  service_sid      = twilio_serverless_service.lookout.sid
  environment_sid  = twilio_serverless_environment.production.sid
  key              = each.key
  value_wo         = var.secrets[each.key]
  value_wo_version = 1
}

# Waits until it is completed: nothing has to be polled.
resource "twilio_serverless_build" "build" {
  service_sid           = twilio_serverless_service.lookout.sid
  function_version_sids = [for function in twilio_serverless_function.compiled : function.version_sid]
  dependencies          = jsondecode(file("${path.module}/package.json")).dependencies
  runtime               = "node22"

  lifecycle {
    create_before_destroy = true
  }
}

resource "twilio_serverless_deployment" "production" {
  service_sid     = twilio_serverless_service.lookout.sid
  environment_sid = twilio_serverless_environment.production.sid
  build_sid       = twilio_serverless_build.build.sid
  depends_on      = [twilio_serverless_variable.setting, twilio_serverless_variable.secret]
}

output "addresses" {
  value = {
    for name, function in twilio_serverless_function.compiled :
    name => "https://${twilio_serverless_environment.production.domain_name}${function.path}"
  }
}
