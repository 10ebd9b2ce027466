resource "twilio_test_pooled_service" "test" {
  friendly_name     = "Alarms"
  phone_number_sids = [twilio_phone_number.sales.sid, var.third_number_sid]
}
