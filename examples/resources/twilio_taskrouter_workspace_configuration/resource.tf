# Who does not answer is at lunch.
resource "twilio_taskrouter_workspace_configuration" "support" {
  workspace_sid        = twilio_taskrouter_workspace.support.sid
  timeout_activity_sid = twilio_taskrouter_activity.lunch.sid
}
