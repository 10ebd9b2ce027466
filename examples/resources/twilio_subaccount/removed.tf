resource "twilio_subaccount" "customer" {
  on_destroy = null
}
