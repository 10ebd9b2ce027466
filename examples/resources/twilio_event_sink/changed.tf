resource "twilio_event_sink" "warehouse" {
  description = "Events for the lake"
}
