resource "twilio_outgoing_caller_id" "office" {
  friendly_name = "Head office"
}
