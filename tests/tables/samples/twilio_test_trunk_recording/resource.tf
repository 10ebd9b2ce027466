resource "twilio_test_trunk_recording" "test" {
  trunk_sid = var.trunk_sid
  mode      = "record-from-answer"
  trim      = "trim-silence"
}
