# A contact centre as teams keep them that serve several brands: everything by name in maps, rules and flows as templates in files.
terraform {
  required_version = ">= 1.7"
  required_providers {
    twilio = {
      source = "twilio-community/twilio"
    }
  }
}

provider "twilio" {}

locals {
  brands = keys(var.brands)

  # Templates name what they mean; which SID that is, Terraform says.
  queue_sids    = { for key, queue in twilio_taskrouter_task_queue.queue : key => queue.sid }
  workflow_sids = { for key, workflow in twilio_taskrouter_workflow.workflow : key => workflow.sid }
  channel_sids  = merge({ for name, channel in twilio_taskrouter_task_channel.own : name => channel.sid }, { for name, channel in twilio_taskrouter_task_channel.default : name => channel.sid })
}

resource "twilio_taskrouter_workspace" "desk" {
  friendly_name      = "harbour-desk"
  multi_task_enabled = true
  event_callback_url = "https://events.example.com/desk"
  events_filter      = ["task.created", "task.canceled", "task.completed", "worker.activity.update"]
}

resource "twilio_taskrouter_activity" "activity" {
  for_each      = var.activities
  workspace_sid = twilio_taskrouter_workspace.desk.sid
  friendly_name = each.value.label
  available     = each.value.available

  # What the workspace puts workers into by itself goes with the workspace, and not before.
  on_destroy = each.key == "logged-out" ? "retain" : "delete"
}

# These two come with each workspace, and go with it.
resource "twilio_taskrouter_task_channel" "default" {
  for_each       = { for name, label in var.channels : name => label if contains(["voice", "sms"], name) }
  workspace_sid  = twilio_taskrouter_workspace.desk.sid
  unique_name    = each.key
  friendly_name  = each.value
  adopt_existing = true
  on_destroy     = "retain"
}

resource "twilio_taskrouter_task_channel" "own" {
  for_each      = { for name, label in var.channels : name => label if !contains(["voice", "sms"], name) }
  workspace_sid = twilio_taskrouter_workspace.desk.sid
  unique_name   = each.key
  friendly_name = each.value
}

# What workers are in before they sign in, and after they were not heard of for a while.
resource "twilio_taskrouter_workspace_configuration" "desk" {
  workspace_sid        = twilio_taskrouter_workspace.desk.sid
  default_activity_sid = twilio_taskrouter_activity.activity["logged-out"].sid
  timeout_activity_sid = twilio_taskrouter_activity.activity["logged-out"].sid
}

resource "twilio_taskrouter_task_queue" "queue" {
  for_each                 = var.queues
  workspace_sid            = twilio_taskrouter_workspace.desk.sid
  friendly_name            = each.value.label
  target_workers           = each.value.workers
  max_reserved_workers     = each.value.max_reserved
  task_order               = each.value.order
  reservation_activity_sid = twilio_taskrouter_activity.activity["after-call"].sid
  assignment_activity_sid  = twilio_taskrouter_activity.activity["after-call"].sid
}

resource "twilio_taskrouter_workflow" "workflow" {
  for_each                 = var.workflows
  workspace_sid            = twilio_taskrouter_workspace.desk.sid
  friendly_name            = each.value.label
  task_reservation_timeout = each.value.reservation_timeout
  configuration = templatefile("${path.module}/workflows/${each.value.template}", {
    queues  = local.queue_sids
    brands  = local.brands
    is_ours = join(" OR ", formatlist("brand == \"%s\"", local.brands))
    numbers = { for brand, about in var.brands : brand => about.number }
  })
}

# One is so small that it needs no file.
resource "twilio_taskrouter_workflow" "mail" {
  workspace_sid = twilio_taskrouter_workspace.desk.sid
  friendly_name = "Mail"
  configuration = jsonencode({
    task_routing = {
      filters        = []
      default_filter = { queue = twilio_taskrouter_task_queue.queue["all"].sid }
    }
  })
}

# Nobody calls this one; another flow leads here.
resource "twilio_studio_flow" "closed" {
  friendly_name  = "harbour-desk closed"
  status         = "published"
  commit_message = "Release ${var.release}"
  definition     = templatefile("${path.module}/flows/closed.json.tftpl", { said = var.closed_text })
}

resource "twilio_studio_flow" "menu" {
  for_each       = var.menus
  friendly_name  = "harbour-desk ${each.key}"
  status         = "published"
  commit_message = "Release ${var.release}"
  definition = templatefile("${path.module}/flows/${each.value.template}", {
    workflow_sid = lookup(local.workflow_sids, each.value.workflow, "")
    channel_sid  = local.channel_sids[each.value.channel]
    closed_sid   = twilio_studio_flow.closed.sid
    attributes = jsonencode(templatefile("${path.module}/flows/attributes.json.tftpl", {
      channel = each.value.channel
      brand   = local.brands[0]
    }))
  })
}

resource "twilio_phone_number" "brand" {
  for_each      = var.brands
  phone_number  = each.value.number
  friendly_name = "harbour-desk ${each.key}"
  voice_url     = twilio_studio_flow.menu["voice"].webhook_url
}

resource "twilio_messaging_service" "desk" {
  friendly_name       = "harbour-desk"
  inbound_request_url = twilio_studio_flow.menu["sms"].webhook_url
}

resource "twilio_messaging_service_phone_number" "brand" {
  for_each         = twilio_phone_number.brand
  service_sid      = twilio_messaging_service.desk.sid
  phone_number_sid = each.value.sid
}

resource "twilio_event_sink" "desk" {
  description = "harbour-desk"
  sink_type   = "webhook"
  sink_configuration = {
    destination = "https://events.example.com/stream"
    method      = "POST"
  }
}

resource "twilio_event_subscription" "desk" {
  description = "harbour-desk"
  sink_sid    = twilio_event_sink.desk.sid
  types       = [for type in var.event_types : { type = type }]
}

resource "twilio_sync_service" "desk" {
  friendly_name = "harbour-desk"
  acl_enabled   = true
}

resource "twilio_api_key" "desk" {
  friendly_name = "harbour-desk"
}

output "workspace_sid" {
  value = twilio_taskrouter_workspace.desk.sid
}

output "queues" {
  value = local.queue_sids
}

output "workflows" {
  value = local.workflow_sids
}

output "channels" {
  value = local.channel_sids
}

output "key" {
  sensitive = true
  value     = { sid = twilio_api_key.desk.sid, secret = twilio_api_key.desk.secret }
}
