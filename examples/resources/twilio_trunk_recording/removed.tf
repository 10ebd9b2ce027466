resource "twilio_trunk_recording" "office" {
  trim = null
}
