resource "twilio_test_address" "test" {
  friendly_name = "Office"
  customer_name = "Example Ltd"
  street        = "1 Main Street"
  city          = "Springfield"
  region        = "IL"
  postal_code   = "62701"
  iso_country   = "US"

  auto_correct_address = false
}
