resource "twilio_phone_number_add_on" "spam_score" {
  installed_add_on_sid = var.caller_name_sid
}
