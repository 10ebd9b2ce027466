resource "twilio_queue" "support" {
  friendly_name = "Support"
  max_size      = 200
}
