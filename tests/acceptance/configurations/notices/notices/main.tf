terraform {
  required_providers {
    twilio = {
      source = "twilio-community/twilio"
    }
  }
}

variable "name" {
  type = string
}

variable "numbers" {
  type = set(string)
}

variable "settings" {
  type = map(string)
}

resource "twilio_phone_number" "sender" {
  for_each      = var.numbers
  friendly_name = "${var.name}-${each.key}"
  search = {
    iso_country = "US"
    type        = "local"
    sms_enabled = true
  }
}

resource "twilio_messaging_service" "this" {
  friendly_name       = title(var.name)
  inbound_request_url = "https://${twilio_serverless_environment.this.domain_name}/reply"
}

resource "twilio_messaging_service_phone_number" "sender" {
  for_each         = twilio_phone_number.sender
  service_sid      = twilio_messaging_service.this.sid
  phone_number_sid = each.value.sid
}

resource "twilio_serverless_service" "this" {
  unique_name   = var.name
  friendly_name = title(var.name)
}

resource "twilio_serverless_function" "reply" {
  service_sid   = twilio_serverless_service.this.sid
  friendly_name = "reply"
  path          = "/reply"
  visibility    = "protected"
  source        = "${path.module}/code/reply.js"
}

resource "twilio_serverless_environment" "this" {
  service_sid = twilio_serverless_service.this.sid
  unique_name = "live"
}

resource "twilio_serverless_variable" "setting" {
  for_each        = var.settings
  service_sid     = twilio_serverless_service.this.sid
  environment_sid = twilio_serverless_environment.this.sid
  key             = each.key
  value           = each.value
}

resource "twilio_serverless_build" "this" {
  service_sid           = twilio_serverless_service.this.sid
  function_version_sids = [twilio_serverless_function.reply.version_sid]
  runtime               = "node22"
  dependencies          = { twilio = "5.3.0" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "twilio_serverless_deployment" "this" {
  service_sid     = twilio_serverless_service.this.sid
  environment_sid = twilio_serverless_environment.this.sid
  build_sid       = twilio_serverless_build.this.sid
  depends_on      = [twilio_serverless_variable.setting]
}

output "senders" {
  value = { for purpose, number in twilio_phone_number.sender : purpose => number.phone_number }
}

output "replies_url" {
  value = twilio_messaging_service.this.inbound_request_url
}
