resource "twilio_taskrouter_worker_channel" "ada_chat" {
  capacity  = 2
  available = false
}
