# Customers let the app read the records of their account, and nothing else.
resource "twilio_connect_app" "reports" {
  connect_app_sid          = var.reports_app
  friendly_name            = "Call reports"
  company_name             = "Example Inc."
  description              = "Reports on the calls of your account, each morning."
  homepage_url             = "https://example.com/reports"
  authorize_redirect_url   = "https://example.com/reports/welcome"
  deauthorize_callback_url = "https://example.com/reports/goodbye"
  permissions              = ["get-all"]
}
