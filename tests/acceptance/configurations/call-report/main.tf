# What is added to a contact centre that somebody else has set up: calls are queued for two teams, and a report of each is written. The
# workspace and its voice channel are found by name; everything that is added stands in two modules, which hand SIDs to each other.
terraform {
  required_version = ">= 1.11"
  required_providers {
    twilio = {
      source = "twilio-community/twilio"
    }
  }
}

provider "twilio" {}

variable "workspace" {
  type    = string
  default = "Front desk"
}

variable "report_url" {
  type    = string
  default = "https://reports.example.com/calls"
}

# As somebody writes it who knows providers without a look-up by name.
data "twilio_taskrouter_workspaces" "all" {
  friendly_name = var.workspace
}

locals {
  workspace_sid = data.twilio_taskrouter_workspaces.all.sids[0]
}

data "twilio_taskrouter_task_channel" "voice" {
  workspace_sid = local.workspace_sid
  unique_name   = "voice"
}

module "functions" {
  source     = "./functions"
  report_url = var.report_url
}

module "routing" {
  source          = "./routing"
  workspace_sid   = local.workspace_sid
  voice_sid       = data.twilio_taskrouter_task_channel.voice.sid
  function_domain = module.functions.domain
  service_sid     = module.functions.service_sid
  environment_sid = module.functions.environment_sid
  function_sid    = module.functions.function_sids["report"]
}

output "flow_sid" {
  value = module.routing.flow_sid
}
