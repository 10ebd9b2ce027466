# An object whose create is lost, and which Twilio writes in another way, may be anybody's: the change is written so.
resource "twilio_test_region" "test" {
  street = "1  Main Street"
  region = "California"
}
