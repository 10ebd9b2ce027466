resource "twilio_taskrouter_workspace" "support" {
  friendly_name          = "Support"
  event_callback_url     = "https://example.com/events"
  events_filter          = ["task.created", "task.completed", "worker.activity.update"]
  prioritize_queue_order = "LIFO"
}
