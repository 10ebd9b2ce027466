before "store_id" {
  host      = "memory.twilio.com"
  path      = "/v1/ControlPlane/Stores"
  form      = { displayName = "profiles" }
  put_there = true
}
witness = "matching_rules" # Twilio adds defaults to the others.
