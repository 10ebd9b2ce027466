# Calls and messages of one number go on to a phone: two functions written where they are used, in a module whose addresses the number takes.
terraform {
  required_version = ">= 1.11"
  required_providers {
    twilio = {
      source = "twilio-community/twilio"
    }
  }
}

provider "twilio" {}

variable "phone" {
  type    = string
  default = "+14155550199"
}

module "forwarding" {
  source = "./forwarding"
  name   = "forwarding"
  phone  = var.phone
}

resource "twilio_phone_number" "public" {
  phone_number = "+14155550142"
  voice_url    = module.forwarding.voice_url
  sms_url      = module.forwarding.sms_url
}
