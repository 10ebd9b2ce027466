data "twilio_marketplace_available_add_ons" "all" {}

output "all" {
  value = data.twilio_marketplace_available_add_ons.all.add_ons[*].friendly_name
}
