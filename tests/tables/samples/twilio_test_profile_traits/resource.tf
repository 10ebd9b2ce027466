resource "twilio_test_profile_traits" "test" {
  store_id   = var.profile_store_id
  profile_id = var.profile_id
  traits = jsonencode({
    contact = { city = "Paris", zip = "75001" }
    plan    = { name = "basic" }
  })
}
