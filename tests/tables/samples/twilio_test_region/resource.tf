resource "twilio_test_region" "test" {
  friendly_name = "Office"
  customer_name = "Example Ltd"
  street        = "1 Main Street"
  city          = "Los Angeles"
  region        = "CA"
  postal_code   = "90012"
  iso_country   = "US"
}
