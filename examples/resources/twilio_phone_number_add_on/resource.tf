# The number is bought and the add-on installed elsewhere: the add-on scores the callers of this number alone.
resource "twilio_phone_number_add_on" "spam_score" {
  phone_number_sid     = var.number_sid
  installed_add_on_sid = var.spam_score_sid
}
