resource "twilio_test_trait_group" "test" {
  store_id     = var.store_id
  display_name = "contact"
  description  = "How to reach a customer"
  traits = jsonencode({
    city = { dataType = "STRING", description = "Where they live" }
    vip  = { dataType = "BOOLEAN" }
  })
}
