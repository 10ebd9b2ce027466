resource "twilio_marketplace_installed_add_on" "spam" {
  unique_name = "spam-scores-of-sales"
}
