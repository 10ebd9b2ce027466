terraform {
  required_providers {
    twilio = {
      source = "twilio-community/twilio"
    }
  }
}

variable "report_url" {
  type = string
}

locals {
  functions = {
    report = "report.protected.js"
    token  = "token.js"
  }
}

resource "twilio_serverless_service" "report" {
  unique_name         = "call-report"
  friendly_name       = "Call report"
  include_credentials = true
}

resource "twilio_serverless_function" "function" {
  for_each      = local.functions
  service_sid   = twilio_serverless_service.report.sid
  friendly_name = each.key
  path          = "/${each.key}"
  visibility    = endswith(each.value, ".protected.js") ? "protected" : "public"
  source        = "${path.module}/${each.value}"
}

resource "twilio_serverless_build" "build" {
  service_sid           = twilio_serverless_service.report.sid
  function_version_sids = values(twilio_serverless_function.function)[*].version_sid
  runtime               = "node22"

  dependencies = {
    axios  = "1.7.9"
    twilio = "5.3.0"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "twilio_serverless_environment" "live" {
  service_sid = twilio_serverless_service.report.sid
  unique_name = "live"
}

resource "twilio_serverless_variable" "report_url" {
  service_sid     = twilio_serverless_service.report.sid
  environment_sid = twilio_serverless_environment.live.sid
  key             = "REPORT_URL"
  value           = var.report_url
}

resource "twilio_serverless_deployment" "live" {
  service_sid     = twilio_serverless_service.report.sid
  environment_sid = twilio_serverless_environment.live.sid
  build_sid       = twilio_serverless_build.build.sid

  lifecycle {
    create_before_destroy = true
  }
}

output "domain" {
  value = twilio_serverless_deployment.live.domain_name
}

output "service_sid" {
  value = twilio_serverless_service.report.sid
}

output "environment_sid" {
  value = twilio_serverless_environment.live.sid
}

output "function_sids" {
  value = { for name, function in twilio_serverless_function.function : name => function.sid }
}
