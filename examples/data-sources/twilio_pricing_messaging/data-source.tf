data "twilio_pricing_messaging" "us" {
  iso_country = "US"
}

output "received_message" {
  value = {
    for price in data.twilio_pricing_messaging.us.inbound_sms_prices : price.number_type => price.current_price
  }
}
