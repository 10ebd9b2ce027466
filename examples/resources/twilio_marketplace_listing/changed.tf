resource "twilio_marketplace_listing" "tides" {
  support = jsonencode({
    technical_email = "tides@example.com"
  })
}
