resource "twilio_event_subscription" "deliveries" {
  description = "What became of texts"

  types = [
    { type = "com.twilio.messaging.message.sent" },
    { type = "com.twilio.messaging.message.undelivered" },
  ]
}
