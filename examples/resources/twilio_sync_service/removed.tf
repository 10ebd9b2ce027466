resource "twilio_sync_service" "app" {
  webhook_url                     = null
  reachability_webhooks_enabled   = null
  reachability_debouncing_enabled = null
  reachability_debouncing_window  = null
}
