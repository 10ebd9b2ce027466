resource "twilio_address" "branch" {
  customer_name = "Example Inc."
  street        = "1 Main Street"
  city          = "San Francisco"
  region        = "CA"
  postal_code   = "94105"
  iso_country   = "US"
}

data "twilio_address_dependent_phone_numbers" "office" {
  address_sid = twilio_address.branch.sid
}

output "numbers_at_the_office" {
  value = data.twilio_address_dependent_phone_numbers.office.phone_numbers[*].phone_number
}
