resource "twilio_video_composition_hook" "lessons" {
  friendly_name = "Lessons, side by side"
  audio_sources = ["*"]

  video_layout = jsonencode({
    grid = {
      video_sources = ["*"]
    }
  })

  audio_sources_excluded = ["hold-music"]
  resolution             = "1280x720"
  format                 = "mp4"
  status_callback        = "https://example.com/compositions"
}
