resource "twilio_event_sink" "warehouse" {
  description = "Events for the data warehouse"
  sink_type   = "webhook"

  sink_configuration = {
    destination  = "https://example.com/events"
    method       = "POST"
    batch_events = true
  }

  # Another destination makes another sink. It is there before the old one goes, so that no event is lost.
  lifecycle {
    create_before_destroy = true
  }
}
