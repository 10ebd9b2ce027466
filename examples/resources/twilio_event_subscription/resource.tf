resource "twilio_event_sink" "warehouse" {
  description = "Events for the data warehouse"
  sink_type   = "webhook"

  sink_configuration = {
    destination  = "https://example.com/events"
    method       = "POST"
    batch_events = true
  }
}

resource "twilio_event_subscription" "deliveries" {
  description = "What became of messages"
  sink_sid    = twilio_event_sink.warehouse.sid

  types = [
    { type = "com.twilio.messaging.message.delivered" },
    { type = "com.twilio.messaging.message.undelivered" },
  ]
}
