resource "twilio_usage_trigger" "spend" {
  friendly_name   = "More than 100 a day"
  usage_category  = "totalprice"
  trigger_by      = "price"
  trigger_value   = "100"
  recurring       = "daily"
  callback_url    = "https://example.com/spend"
  callback_method = "GET"
}
