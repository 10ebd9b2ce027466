resource "twilio_test_dialing_country" "test" {
  low_risk_numbers_enabled = false
}
