before "profile_store_id" {
  host      = "memory.twilio.com"
  path      = "/v1/ControlPlane/Stores"
  form      = { displayName = "profiles" }
  put_there = true
}
before "profile_id" {
  host      = "memory.twilio.com"
  path      = "/v1/Stores/{profile_store_id}/Profiles"
  put_there = true
}
