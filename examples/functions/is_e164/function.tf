variable "on_call" {
  type    = list(string)
  default = ["+14155550142", "+442079460958"]

  validation {
    condition     = alltrue([for number in var.on_call : provider::twilio::is_e164(number)])
    error_message = "Write each number in E.164 form, for example +14155550142."
  }
}

output "on_call" {
  value = var.on_call
}
