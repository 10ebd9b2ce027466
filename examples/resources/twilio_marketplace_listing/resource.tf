resource "twilio_marketplace_listing" "tides" {
  listing_sid = var.listing

  description = jsonencode({
    overview = "When the water is high, for each phone number with a coast nearby."
  })

  support = jsonencode({
    technical_email = "help@example.com"
  })
}
