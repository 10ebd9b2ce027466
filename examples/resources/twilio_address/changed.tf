resource "twilio_address" "office" {
  customer_name = "Example Corporation"
}
