variable "code" {
  type    = number
  default = 20003
}

output "explained" {
  value = provider::twilio::explain_error(var.code)
}
