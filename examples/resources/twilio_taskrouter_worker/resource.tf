resource "twilio_taskrouter_worker" "ada" {
  workspace_sid = twilio_taskrouter_workspace.support.sid
  friendly_name = "Ada"
  attributes = jsonencode({
    contact_uri = "client:ada"
    skills      = ["billing", "technical"]
    level       = 3
  })
}
