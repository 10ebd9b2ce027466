# The office's number, which a carrier of your own has and which calls by Twilio show.
resource "twilio_outgoing_caller_id" "office" {
  outgoing_caller_id_sid = var.caller_id
  friendly_name          = "Office"
}
