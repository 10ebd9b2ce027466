# An object whose create is lost, and which Twilio writes in another way, may be anybody's: the change is written so.
resource "twilio_address" "office" {
  customer_name = "Example Corporation"
  street        = "101  Spear Street"
  region        = "California"
}
