data "twilio_pricing_voice_number" "office" {
  destination_number = "+14155550100"
}

output "a_minute" {
  value = data.twilio_pricing_voice_number.office.outbound_call_prices[*].current_price
}
