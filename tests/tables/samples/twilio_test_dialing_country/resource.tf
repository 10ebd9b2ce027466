resource "twilio_test_dialing_country" "test" {
  iso_code                 = "DE"
  low_risk_numbers_enabled = true
}
