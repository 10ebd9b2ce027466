data "twilio_pricing_phone_numbers" "us" {
  iso_country = "US"
}

output "each_month" {
  value = {
    for price in data.twilio_pricing_phone_numbers.us.phone_number_prices : price.number_type => price.current_price
  }
}
