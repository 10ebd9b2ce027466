resource "twilio_sync_service" "app" {
  friendly_name                   = "App state"
  webhook_url                     = "https://example.com/sync"
  acl_enabled                     = true
  reachability_webhooks_enabled   = true
  reachability_debouncing_enabled = true
  reachability_debouncing_window  = 10000
}
