# An application of Twilio Functions and Assets out of two folders, tried in one environment and run in another: what changed is built and
# deployed to the first at once, and production gets a build when its SID is written down.
terraform {
  required_version = ">= 1.5"
  required_providers {
    twilio = {
      source = "twilio-community/twilio"
    }
  }
}

provider "twilio" {}

variable "production_build" {
  description = "SID of the build that production runs, out of the output build. Without it, production runs what is tried."
  type        = string
  default     = null
}

variable "area_code" {
  type    = string
  default = "415"
}

resource "twilio_serverless_service" "tides" {
  unique_name   = "tides"
  friendly_name = "Tides"
}

resource "twilio_serverless_environment" "staging" {
  service_sid   = twilio_serverless_service.tides.sid
  unique_name   = "staging"
  domain_suffix = "staging"
}

resource "twilio_serverless_environment" "production" {
  service_sid = twilio_serverless_service.tides.sid
  unique_name = "production"
}

resource "twilio_serverless_variable" "harbour" {
  for_each = {
    staging    = twilio_serverless_environment.staging.sid
    production = twilio_serverless_environment.production.sid
  }
  service_sid     = twilio_serverless_service.tides.sid
  environment_sid = each.value
  key             = "HARBOUR"
  value           = "Half Moon Bay"
}

# x.protected.js answers requests that Twilio has signed, x.private.js other functions alone.
resource "twilio_serverless_project" "tides" {
  service_sid     = twilio_serverless_service.tides.sid
  environment_sid = twilio_serverless_environment.staging.sid
  functions       = "${path.module}/functions"
  assets          = "${path.module}/site"
  runtime         = "node22"

  dependencies = {
    twilio = "5.3.0"
  }

  # Functions find their settings from the first request on.
  depends_on = [twilio_serverless_variable.harbour]
}

resource "twilio_serverless_deployment" "production" {
  service_sid     = twilio_serverless_service.tides.sid
  environment_sid = twilio_serverless_environment.production.sid
  build_sid       = coalesce(var.production_build, twilio_serverless_project.tides.build_sid)
}

resource "twilio_phone_number" "tides" {
  area_code = var.area_code
  voice_url = "https://${twilio_serverless_environment.production.domain_name}/voice"
  sms_url   = "https://${twilio_serverless_environment.production.domain_name}/sms"

  # Nobody calls before somebody answers.
  depends_on = [twilio_serverless_deployment.production]
}

output "build" {
  value = twilio_serverless_project.tides.build_sid
}

output "number" {
  value = twilio_phone_number.tides.phone_number
}
