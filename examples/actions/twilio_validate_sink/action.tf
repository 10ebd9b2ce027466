resource "twilio_event_sink" "warehouse" {
  description = "Events for the data warehouse"
  sink_type   = "webhook"

  sink_configuration = {
    destination  = "https://example.com/events"
    method       = "POST"
    batch_events = true
  }

  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.twilio_validate_sink.warehouse]
    }
  }
}

# Without test_id it sends a test event, which has the test_id in it.
action "twilio_validate_sink" "warehouse" {
  config {
    sink_sid = twilio_event_sink.warehouse.sid
  }
}
