variable "sender" {
  type        = string
  description = "SID of a phone number, a short code or a messaging service."
  default     = "MG0123456789abcdef0123456789abcdef"

  validation {
    condition     = contains(["phone_number", "short_code", "messaging_service"], provider::twilio::sid_type(var.sender))
    error_message = "This SID is no sender of messages."
  }
}

output "sender" {
  value = provider::twilio::sid_type(var.sender)
}
