resource "twilio_taskrouter_activity" "lunch" {
  workspace_sid = twilio_taskrouter_workspace.support.sid
  friendly_name = "Lunch"
  available     = false
}

# Each workspace has this one from the start. It is managed here, and stays when this configuration is destroyed.
resource "twilio_taskrouter_activity" "available" {
  workspace_sid  = twilio_taskrouter_workspace.support.sid
  friendly_name  = "Available"
  available      = true
  adopt_existing = true
  on_destroy     = "retain"
}
