data "twilio_pricing_trunking" "us" {
  iso_country = "US"
}

output "calls_by_trunk" {
  value = data.twilio_pricing_trunking.us.terminating_prefix_prices[*].current_price
}
