resource "twilio_address" "office" {
  friendly_name    = "Office"
  customer_name    = "Example Inc."
  street           = "101 Spear Street"
  street_secondary = "5th floor"
  city             = "San Francisco"
  region           = "CA"
  postal_code      = "94105"
  iso_country      = "US"

  # Emergency calls from numbers with this address are sent here.
  emergency_enabled = true
}
