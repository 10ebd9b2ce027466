resource "twilio_test_flex_plugin" "test" {
  description = null
}
