resource "twilio_test_flex_plugin" "test" {
  friendly_name = "Side panel"
}
