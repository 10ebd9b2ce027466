resource "twilio_test_profile_traits" "test" {
  traits = jsonencode({
    contact = { city = "Rome", country = "IT" }
    plan    = { name = "basic" }
  })
}
