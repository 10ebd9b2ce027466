# Notices that are sent from a pool of bought numbers and whose replies a function takes; the agents' own numbers beside them; and codes for
# signing in.
terraform {
  required_version = ">= 1.11"
  required_providers {
    twilio = {
      source = "twilio-community/twilio"
    }
  }
}

provider "twilio" {}

variable "agents" {
  type    = map(string)
  default = { ada = "415", grace = "206" }
}

module "notices" {
  source  = "./notices"
  name    = "notices"
  numbers = ["reminders", "invoices"]
  settings = {
    BRAND = "Harbour"
    HOURS = "9-17"
    REPLY = "Thank you."
  }
}

# Each agent has a number near home; all of them are one pool.
resource "twilio_phone_number" "agent" {
  for_each = var.agents

  friendly_name = each.key
  search = {
    iso_country   = "US"
    type          = "local"
    area_code     = each.value
    voice_enabled = true
    sms_enabled   = true
  }
}

resource "twilio_messaging_service" "agents" {
  friendly_name = "Agents"
  sticky_sender = true
}

resource "twilio_messaging_service_phone_number" "agent" {
  for_each = twilio_phone_number.agent

  service_sid      = twilio_messaging_service.agents.sid
  phone_number_sid = each.value.sid
}

resource "twilio_verify_service" "sign_in" {
  friendly_name = "Harbour"
  code_length   = 6
}

output "senders" {
  value = module.notices.senders
}

# No string is put together that Twilio has to choose alike.
output "replies_go_to" {
  value = module.notices.replies_url
}
