resource "twilio_video_composition_hook" "lessons" {
  audio_sources_excluded = null
  video_layout           = null
  resolution             = null
  status_callback        = null
}
