# A number for a customer, in the customer's own subaccount.
resource "twilio_subaccount" "customer" {
  friendly_name = "Customer 42"
}

resource "twilio_phone_number" "support" {
  account_sid   = twilio_subaccount.customer.sid
  friendly_name = "Support line"
  voice_url     = "https://example.com/voice"

  search = {
    type          = "local"
    iso_country   = "US"
    area_code     = "415"
    sms_enabled   = true
    voice_enabled = true
  }
}
