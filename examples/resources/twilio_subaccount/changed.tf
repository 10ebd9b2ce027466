resource "twilio_subaccount" "customer" {
  friendly_name = "Customer 43"
}
