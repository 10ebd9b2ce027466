resource "twilio_trunk_recording" "office" {
  mode = "record-from-ringing-dual"
}
