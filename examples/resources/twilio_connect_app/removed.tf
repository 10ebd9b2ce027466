resource "twilio_connect_app" "reports" {
  deauthorize_callback_url = null
}
