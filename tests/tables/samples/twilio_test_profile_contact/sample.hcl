before "contact_store_id" {
  host      = "memory.twilio.com"
  path      = "/v1/ControlPlane/Stores"
  form      = { displayName = "contacts" }
  put_there = true
}
before "contact_profile_id" {
  host      = "memory.twilio.com"
  path      = "/v1/Stores/{contact_store_id}/Profiles"
  put_there = true
}
drift = { traits = { contact = { city = "Oslo", doorCode = "Theirs" } } }
