resource "twilio_test_workflow" "test" {
  workspace_sid           = twilio_test_workspace.test.sid
  friendly_name           = "Support"
  configuration           = jsonencode({ task_routing = {} })
  assignment_callback_url = "https://example.com/assignment"
  re_evaluate_tasks       = true
}
