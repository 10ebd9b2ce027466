resource "twilio_test_pooled_service" "test" {
  friendly_name     = "Neighbour"
  phone_number_sids = null
}
