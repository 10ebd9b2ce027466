data "twilio_pricing_voice" "us" {
  iso_country = "US"
}

# Calls to the country must not cost more than this.
check "calls_are_cheap" {
  assert {
    condition     = alltrue([for price in data.twilio_pricing_voice.us.outbound_prefix_prices : price.current_price < 0.1])
    error_message = "Some calls to the US cost more than 0.1 ${data.twilio_pricing_voice.us.price_unit} a minute."
  }
}
