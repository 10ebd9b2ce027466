# What a pipeline manages in this configuration.
data "twilio_key_policy" "pipeline" {
  resource_types = ["twilio_messaging_service", "twilio_queue", "twilio_twiml_app"]
}

resource "twilio_api_key" "pipeline" {
  friendly_name = "Pipeline"
  key_type      = "restricted"
  policy        = data.twilio_key_policy.pipeline.policy
}

# The job that looks for drift plans the same, and can write nothing.
data "twilio_key_policy" "drift" {
  resource_types = data.twilio_key_policy.pipeline.resource_types
  read_only      = true
}

resource "twilio_api_key" "drift" {
  friendly_name = "Drift"
  key_type      = "restricted"
  policy        = data.twilio_key_policy.drift.policy
}

# Says so when such a key is not enough for a type.
check "keys_are_enough" {
  assert {
    condition     = length(data.twilio_key_policy.pipeline.not_grantable) == 0
    error_message = "Needs a standard key or the token: ${join(", ", data.twilio_key_policy.pipeline.not_grantable[*].resource_type)}"
  }
}
