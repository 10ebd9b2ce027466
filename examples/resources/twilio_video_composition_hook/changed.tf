resource "twilio_video_composition_hook" "lessons" {
  friendly_name = "Lessons"
  audio_sources = ["teacher", "pupil*"]
  enabled       = false
}
