terraform {
  required_providers {
    twilio = {
      source = "twilio-community/twilio"
    }
  }
}

variable "workspace_sid" {
  type = string
}

variable "voice_sid" {
  type = string
}

variable "function_domain" {
  type = string
}

variable "service_sid" {
  type = string
}

variable "environment_sid" {
  type = string
}

variable "function_sid" {
  type = string
}

resource "twilio_taskrouter_task_queue" "claims" {
  workspace_sid  = var.workspace_sid
  friendly_name  = "Claims"
  target_workers = "teams HAS \"claims\""
}

resource "twilio_taskrouter_task_queue" "sales" {
  workspace_sid  = var.workspace_sid
  friendly_name  = "Sales"
  target_workers = "teams HAS \"sales\""
}

locals {
  queues = { claims = twilio_taskrouter_task_queue.claims.sid, sales = twilio_taskrouter_task_queue.sales.sid }
}

resource "twilio_taskrouter_workflow" "claims" {
  workspace_sid = var.workspace_sid
  friendly_name = "Claims"

  configuration = jsonencode({
    task_routing = {
      filters = [
        {
          filter_friendly_name = "Urgent"
          expression           = "urgent == true"
          targets = [
            { queue = local.queues.claims, priority = 10, timeout = 30 },
            { queue = local.queues.sales },
          ]
        },
      ]
      default_filter = { queue = local.queues.claims }
    }
  })
}

resource "twilio_taskrouter_workflow" "sales" {
  workspace_sid = var.workspace_sid
  friendly_name = "Sales"
  configuration = jsonencode({ task_routing = { filters = [], default_filter = { queue = local.queues.sales } } })
}

resource "twilio_studio_flow" "calls" {
  friendly_name  = "Calls with a report"
  status         = "published"
  commit_message = "by Terraform"

  definition = jsonencode({
    description   = "Reports each call, and queues it"
    initial_state = "Trigger"
    flags         = { allow_concurrent_calls = true }
    states = [
      {
        name        = "Trigger"
        type        = "trigger"
        transitions = [{ event = "incomingCall", next = "report" }, { event = "incomingMessage" }, { event = "incomingRequest" }]
        properties  = { offset = { x = 0, y = 0 } }
      },
      {
        name        = "report"
        type        = "run-function"
        transitions = [{ event = "success", next = "queue" }, { event = "fail", next = "queue" }]
        properties = {
          offset          = { x = 0, y = 200 }
          service_sid     = var.service_sid
          environment_sid = var.environment_sid
          function_sid    = var.function_sid
          url             = "https://${var.function_domain}/report"
          parameters      = [{ key = "team", value = "claims" }]
        }
      },
      {
        name        = "queue"
        type        = "enqueue-call"
        transitions = [{ event = "callComplete" }, { event = "failedToEnqueue" }, { event = "callFailure" }]
        properties = {
          offset          = { x = 0, y = 400 }
          workflow_sid    = twilio_taskrouter_workflow.claims.sid
          channel_sid     = var.voice_sid
          task_attributes = jsonencode({ from = "{{trigger.call.From}}" })
          timeout         = 3600
        }
      },
    ]
  })
}

output "flow_sid" {
  value = twilio_studio_flow.calls.sid
}
