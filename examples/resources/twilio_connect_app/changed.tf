resource "twilio_connect_app" "reports" {
  description = "Reports on the calls of your account, each hour."
}
