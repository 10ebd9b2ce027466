resource "twilio_taskrouter_activity" "lunch" {
  friendly_name = "Lunch break"
}
