resource "twilio_taskrouter_workspace_configuration" "support" {
  timeout_activity_sid = twilio_taskrouter_activity.available.sid
}
