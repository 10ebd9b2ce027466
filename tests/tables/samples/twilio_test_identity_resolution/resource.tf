resource "twilio_test_identity_resolution" "test" {
  store_id           = var.store_id
  identifier_configs = jsonencode([{ idType = "email" }])
  matching_rules     = ["email"]
}
