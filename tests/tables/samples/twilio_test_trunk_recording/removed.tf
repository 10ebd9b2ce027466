resource "twilio_test_trunk_recording" "test" {
  trim = null
}
