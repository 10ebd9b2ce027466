resource "twilio_taskrouter_workspace" "support" {
  event_callback_url     = null
  events_filter          = null
  prioritize_queue_order = null
}
