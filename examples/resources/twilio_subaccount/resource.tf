resource "twilio_subaccount" "customer" {
  friendly_name = "Customer 42"

  # Closing cannot be undone and releases the customer's numbers.
  on_destroy = "suspend"
}
