locals {
  reminder = "Your appointment is tomorrow at 10:00. Reply C to cancel."
}

output "reminder" {
  value = local.reminder

  precondition {
    condition     = provider::twilio::segments(local.reminder).count == 1
    error_message = "The reminder takes more than one segment. These characters make it longer: ${join(" ", provider::twilio::segments(local.reminder).ucs2_characters)}"
  }
}
