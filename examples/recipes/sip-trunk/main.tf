# A SIP trunk for an exchange of your own: numbers whose calls it gets, the addresses and credentials by which it places calls, and the
# recording of what is said.
terraform {
  required_version = ">= 1.11"
  required_providers {
    twilio = {
      source = "twilio-community/twilio"
    }
  }
}

provider "twilio" {}

variable "domain_name" {
  description = "Where the exchange sends its calls: a name that nobody else has."
  type        = string
  default     = "example-exchange.pstn.twilio.com"
}

variable "exchanges" {
  description = "Where calls to the numbers go: key, and address. They are tried by their priority, the lowest first."
  type = map(object({
    sip_url  = string
    priority = number
  }))
  default = {
    main   = { sip_url = "sip:pbx.example.com;transport=tls", priority = 1 }
    backup = { sip_url = "sip:pbx-backup.example.com;transport=tls", priority = 2 }
  }
}

variable "addresses" {
  description = "From where the exchange places calls: name, and IPv4 address."
  type        = map(string)
  default = {
    main   = "203.0.113.10"
    backup = "203.0.113.11"
  }
}

variable "users" {
  description = "User names by which the exchange places calls. Another number sends the password of passwords again."
  type        = map(number)
  default     = { exchange = 1 }
}

variable "passwords" {
  description = "The password of each user. It is in no plan and no state."
  type        = map(string)
  sensitive   = true
  ephemeral   = true
}

variable "numbers" {
  description = "Numbers to buy: name, and area code."
  type        = map(string)
  default     = { reception = "415" }
}

resource "twilio_trunk" "exchange" {
  friendly_name = "Exchange"
  domain_name   = var.domain_name
  secure        = true
}

resource "twilio_trunk_origination_url" "exchange" {
  for_each      = var.exchanges
  trunk_sid     = twilio_trunk.exchange.sid
  friendly_name = each.key
  sip_url       = each.value.sip_url
  priority      = each.value.priority
  weight        = 10
  enabled       = true
}

resource "twilio_sip_ip_access_control_list" "exchange" {
  friendly_name = "Exchange"
}

resource "twilio_sip_ip_address" "exchange" {
  for_each                   = var.addresses
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.exchange.sid
  friendly_name              = each.key
  ip_address                 = each.value
}

resource "twilio_trunk_ip_access_control_list" "exchange" {
  trunk_sid                  = twilio_trunk.exchange.sid
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.exchange.sid
}

resource "twilio_sip_credential_list" "exchange" {
  friendly_name = "Exchange"
}

resource "twilio_sip_credential" "user" {
  for_each            = var.users
  credential_list_sid = twilio_sip_credential_list.exchange.sid
  username            = each.key
  password_wo         = var.passwords[each.key]
  password_wo_version = each.value
}

resource "twilio_trunk_credential_list" "exchange" {
  trunk_sid           = twilio_trunk.exchange.sid
  credential_list_sid = twilio_sip_credential_list.exchange.sid
}

resource "twilio_trunk_recording" "exchange" {
  trunk_sid = twilio_trunk.exchange.sid
  mode      = "do-not-record"
}

# The trunk gets their calls. A number that something else manages is put on the trunk by twilio_trunk_phone_number.
resource "twilio_phone_number" "exchange" {
  for_each      = var.numbers
  area_code     = each.value
  friendly_name = each.key
  trunk_sid     = twilio_trunk.exchange.sid
}

output "domain_name" {
  description = "Where the exchange sends its calls."
  value       = twilio_trunk.exchange.domain_name
}

output "numbers" {
  description = "The numbers whose calls the exchange gets."
  value       = { for name, number in twilio_phone_number.exchange : name => number.phone_number }
}
