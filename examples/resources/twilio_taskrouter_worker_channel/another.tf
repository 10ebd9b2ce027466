resource "twilio_taskrouter_worker_channel" "ada_chat" {
  task_channel_unique_name = "voice"
}
