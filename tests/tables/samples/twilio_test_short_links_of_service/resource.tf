resource "twilio_test_short_links_of_service" "test" {
  domain_sid            = "DN11111111111111111111111111111111"
  messaging_service_sid = twilio_messaging_service.alerts.sid
}
