before "store_id" {
  host      = "memory.twilio.com"
  path      = "/v1/ControlPlane/Stores"
  form      = { displayName = "traits" }
  put_there = true
}
