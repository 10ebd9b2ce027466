resource "twilio_test_flex_plugin" "test" {
  unique_name   = "neighbour"
  friendly_name = "Neighbour"
}
