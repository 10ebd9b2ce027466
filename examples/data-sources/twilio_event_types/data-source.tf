data "twilio_event_types" "messages" {
  schema_id = "Messaging.MessageStatus"
}

output "types_of_messages" {
  value = sort(data.twilio_event_types.messages.types[*].type)
}
