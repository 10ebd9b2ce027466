resource "twilio_test_trait_group" "test" {
  description = "Where a customer lives"
  traits = jsonencode({
    city    = { dataType = "STRING", description = "Where they live" }
    country = { dataType = "STRING" }
  })
}
