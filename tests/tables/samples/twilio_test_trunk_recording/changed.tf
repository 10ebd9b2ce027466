resource "twilio_test_trunk_recording" "test" {
  mode = "record-from-ringing"
}
