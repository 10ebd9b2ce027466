data "twilio_pricing_trunking_number" "office" {
  destination_number = "+14155550100"
}

output "a_minute_by_trunk" {
  value = data.twilio_pricing_trunking_number.office.terminating_prefix_prices[*].current_price
}
