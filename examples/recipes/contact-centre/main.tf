# A contact centre: a number, a Studio flow that asks nothing and puts each call into TaskRouter, a workflow that leads the calls to
# queues by language, and the agents who take them.
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

variable "activities" {
  description = "What agents do when they take no calls: key, and name."
  type        = map(string)
  default = {
    lunch      = "Lunch"
    after_call = "After call"
  }
}

variable "queues" {
  description = "Queues by language: the name of each, and which agents get its calls."
  type = map(object({
    name    = string
    workers = string
  }))
  default = {
    en = { name = "English", workers = "languages HAS \"en\"" }
    de = { name = "German", workers = "languages HAS \"de\"" }
  }
}

variable "agents" {
  description = "Agents by name: their languages, and with how many people each writes at once."
  type = map(object({
    languages = set(string)
    chats     = optional(number, 1)
  }))
  default = {
    ada   = { languages = ["en", "de"], chats = 3 }
    grace = { languages = ["en"] }
  }
}

resource "twilio_taskrouter_workspace" "centre" {
  friendly_name = "Contact centre"
  events_filter = ["task.canceled", "workflow.timeout"]
}

# The one that each workspace has from the start, which goes with it.
resource "twilio_taskrouter_activity" "available" {
  workspace_sid  = twilio_taskrouter_workspace.centre.sid
  friendly_name  = "Available"
  available      = true
  adopt_existing = true
  on_destroy     = "retain"
}

resource "twilio_taskrouter_activity" "pause" {
  for_each      = var.activities
  workspace_sid = twilio_taskrouter_workspace.centre.sid
  friendly_name = each.value
}

resource "twilio_taskrouter_task_queue" "language" {
  for_each       = var.queues
  workspace_sid  = twilio_taskrouter_workspace.centre.sid
  friendly_name  = each.value.name
  target_workers = each.value.workers
}

resource "twilio_taskrouter_task_queue" "everybody" {
  workspace_sid = twilio_taskrouter_workspace.centre.sid
  friendly_name = "Everybody"
}

resource "twilio_taskrouter_worker" "agent" {
  for_each      = var.agents
  workspace_sid = twilio_taskrouter_workspace.centre.sid
  friendly_name = each.key
  attributes = jsonencode({
    contact_uri = "client:${each.key}"
    languages   = each.value.languages
  })
}

resource "twilio_taskrouter_worker_channel" "chat" {
  for_each                 = var.agents
  workspace_sid            = twilio_taskrouter_workspace.centre.sid
  worker_sid               = twilio_taskrouter_worker.agent[each.key].sid
  task_channel_unique_name = "chat"
  capacity                 = each.value.chats
}

resource "twilio_taskrouter_workflow" "calls" {
  workspace_sid            = twilio_taskrouter_workspace.centre.sid
  friendly_name            = "Calls"
  task_reservation_timeout = 30

  task_routing = {
    filters = [for language, queue in twilio_taskrouter_task_queue.language : {
      filter_friendly_name = queue.friendly_name
      expression           = "language == \"${language}\""
      targets = [
        { queue = queue.sid, timeout = 60 },
        { queue = twilio_taskrouter_task_queue.everybody.sid, priority = 10 },
      ]
    }]
    default_filter = { queue = twilio_taskrouter_task_queue.everybody.sid }
  }
}

resource "twilio_studio_flow" "calls" {
  friendly_name = "Calls"
  status        = "published"

  definition = jsonencode({
    description   = "Puts each call into TaskRouter"
    initial_state = "Trigger"
    flags         = { allow_concurrent_calls = true }
    states = [
      {
        name = "Trigger"
        type = "trigger"
        transitions = [
          { event = "incomingCall", next = "enqueue" },
          { event = "incomingMessage" },
          { event = "incomingRequest" },
        ]
        properties = { offset = { x = 0, y = 0 } }
      },
      {
        name = "enqueue"
        type = "enqueue-call"
        transitions = [
          { event = "callComplete" },
          { event = "failedToEnqueue" },
          { event = "callFailure" },
        ]
        properties = {
          offset          = { x = 0, y = 200 }
          workflow_sid    = twilio_taskrouter_workflow.calls.sid
          task_attributes = jsonencode({ language = "en" })
        }
      },
    ]
  })
}

resource "twilio_phone_number" "calls" {
  area_code = var.area_code
  voice_url = twilio_studio_flow.calls.webhook_url
}

output "number" {
  value = twilio_phone_number.calls.phone_number
}

output "queues" {
  value = { for language, queue in twilio_taskrouter_task_queue.language : language => queue.sid }
}
