# The sink is the one of the page of twilio_event_sink.
resource "twilio_event_subscription" "deliveries" {
  description = "What became of messages"
  sink_sid    = twilio_event_sink.warehouse.sid

  types = [
    { type = "com.twilio.messaging.message.delivered" },
    { type = "com.twilio.messaging.message.undelivered" },
  ]
}
