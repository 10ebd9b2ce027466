resource "twilio_test_identity_resolution" "test" {
  identifier_configs = jsonencode([{ idType = "email", limit = 5 }, { idType = "phone" }])
  matching_rules     = ["phone", "email"]
}
