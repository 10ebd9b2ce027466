resource "twilio_test_workflow" "test" {
  friendly_name = "Sales"
}
