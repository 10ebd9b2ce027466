resource "twilio_test_trait_group" "test" {
  display_name = "account"
}
