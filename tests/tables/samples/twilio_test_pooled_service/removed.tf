resource "twilio_test_pooled_service" "test" {
  phone_number_sids = null
}
