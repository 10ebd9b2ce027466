resource "twilio_queue" "support" {
  friendly_name = "Customer support"
  max_size      = 500
}
