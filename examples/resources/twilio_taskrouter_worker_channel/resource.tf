# Ada writes with three people at once.
resource "twilio_taskrouter_worker_channel" "ada_chat" {
  workspace_sid            = twilio_taskrouter_workspace.support.sid
  worker_sid               = twilio_taskrouter_worker.ada.sid
  task_channel_unique_name = "chat"
  capacity                 = 3
}
