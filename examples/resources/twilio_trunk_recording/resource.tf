# The trunk is the one of the page of twilio_trunk.
resource "twilio_trunk_recording" "office" {
  trunk_sid = twilio_trunk.office.sid
  mode      = "record-from-answer-dual"
  trim      = "trim-silence"
}
