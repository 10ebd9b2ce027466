resource "twilio_test_supporting_document" "test" {
  attributes = null
}
