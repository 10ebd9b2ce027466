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

variable "phone" {
  type = string
}

resource "twilio_serverless_service" "this" {
  unique_name   = var.name
  friendly_name = title(var.name)
}

resource "twilio_serverless_function" "voice" {
  service_sid   = twilio_serverless_service.this.sid
  friendly_name = "Voice"
  path          = "/voice"
  visibility    = "protected"

  content = <<-EOT
    exports.handler = (context, event, callback) => {
      const response = new Twilio.twiml.VoiceResponse();
      console.log(`call $${event.CallSid} from $${event.From}`);
      response.dial({ callerId: event.To }, context.PHONE);
      callback(null, response);
    };
  EOT
}

resource "twilio_serverless_function" "sms" {
  service_sid   = twilio_serverless_service.this.sid
  friendly_name = "SMS"
  path          = "/sms"
  visibility    = "protected"

  content = <<-EOT
    exports.handler = (context, event, callback) => {
      const response = new Twilio.twiml.MessagingResponse();
      response.message({ to: context.PHONE }, `$${event.From}: $${event.Body}`);
      callback(null, response);
    };
  EOT
}

resource "twilio_serverless_environment" "this" {
  service_sid = twilio_serverless_service.this.sid
  unique_name = "live"
}

resource "twilio_serverless_variable" "phone" {
  service_sid     = twilio_serverless_service.this.sid
  environment_sid = twilio_serverless_environment.this.sid
  key             = "PHONE"
  value           = var.phone
}

resource "twilio_serverless_build" "this" {
  service_sid           = twilio_serverless_service.this.sid
  function_version_sids = [twilio_serverless_function.voice.version_sid, twilio_serverless_function.sms.version_sid]

  lifecycle {
    create_before_destroy = true
  }
}

resource "twilio_serverless_deployment" "this" {
  service_sid     = twilio_serverless_service.this.sid
  environment_sid = twilio_serverless_environment.this.sid
  build_sid       = twilio_serverless_build.this.sid
  depends_on      = [twilio_serverless_variable.phone]
}

output "voice_url" {
  value = "https://${twilio_serverless_environment.this.domain_name}${twilio_serverless_function.voice.path}"
}

output "sms_url" {
  value = "https://${twilio_serverless_environment.this.domain_name}${twilio_serverless_function.sms.path}"
}
