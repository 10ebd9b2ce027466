data "twilio_monitor_events" "bought" {
  event_type = "phone-number.created"
  limit      = 20
}

output "who_bought_numbers" {
  value = distinct(data.twilio_monitor_events.bought.events[*].actor_sid)
}
