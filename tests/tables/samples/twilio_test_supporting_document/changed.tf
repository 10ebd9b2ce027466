resource "twilio_test_supporting_document" "test" {
  friendly_name = "Bill"
}
