resource "twilio_test_customer_profile" "test" {
  friendly_name   = "Example Ltd"
  email           = "compliance@example.com"
  policy_sid      = "RNdfbf3fae0e1107f8aded0e7cead80bf5"
  status          = "pending-review"
  status_callback = "https://example.com/review"
}
