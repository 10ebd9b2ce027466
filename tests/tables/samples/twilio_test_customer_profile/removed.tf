resource "twilio_test_customer_profile" "test" {
  status_callback = null
}
