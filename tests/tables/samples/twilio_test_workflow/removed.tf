resource "twilio_test_workflow" "test" {
  assignment_callback_url = null
  re_evaluate_tasks       = null
}
