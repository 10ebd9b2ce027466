data "twilio_event_schema" "messages" {
  schema_id = "Messaging.MessageStatus"
}

output "newest_version" {
  value = data.twilio_event_schema.messages.latest_version
}
