resource "twilio_test_short_links_of_service" "test" {
  domain_sid = "DN22222222222222222222222222222222"
}
