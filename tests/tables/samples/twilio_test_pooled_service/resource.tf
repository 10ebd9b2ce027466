resource "twilio_test_pooled_service" "test" {
  friendly_name     = "Alerts"
  phone_number_sids = [twilio_phone_number.support.sid, twilio_phone_number.sales.sid]
}
