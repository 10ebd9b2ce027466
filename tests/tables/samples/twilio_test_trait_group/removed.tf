resource "twilio_test_trait_group" "test" {
  description = null
  traits      = null
}
