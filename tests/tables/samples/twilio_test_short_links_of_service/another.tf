resource "twilio_test_short_links_of_service" "test" {
  domain_sid = "DN33333333333333333333333333333333"
}
