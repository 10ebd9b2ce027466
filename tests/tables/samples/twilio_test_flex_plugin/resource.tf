resource "twilio_test_flex_plugin" "test" {
  unique_name   = "panel"
  friendly_name = "Panel"
  description   = "Shows the order"
}
