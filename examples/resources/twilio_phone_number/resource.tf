resource "twilio_phone_number" "support" {
  phone_number    = "+14155550145"
  friendly_name   = "Support line"
  voice_url       = "https://example.com/voice"
  voice_method    = "GET"
  sms_url         = "https://example.com/sms"
  status_callback = "https://example.com/status"
}

# Any number of an area.
resource "twilio_phone_number" "sales" {
  area_code     = "415"
  friendly_name = "Sales"
}

# Any number with these capabilities, in a customer's own subaccount: the one of the page of twilio_subaccount.
resource "twilio_phone_number" "customer" {
  account_sid   = twilio_subaccount.customer.sid
  friendly_name = "Customer 42"

  search = {
    type          = "local"
    iso_country   = "US"
    area_code     = "415"
    sms_enabled   = true
    voice_enabled = true
  }
}
