resource "twilio_taskrouter_worker" "ada" {
  attributes = null
}
