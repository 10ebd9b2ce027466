resource "twilio_sync_service" "app" {
  friendly_name                  = "State of the app"
  reachability_debouncing_window = 20000
}
