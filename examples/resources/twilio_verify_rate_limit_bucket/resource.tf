# Ten starts in a minute from one address, and no more.
resource "twilio_verify_rate_limit_bucket" "minute" {
  service_sid    = twilio_verify_service.shop.sid
  rate_limit_sid = twilio_verify_rate_limit.address.sid
  max            = 10
  interval       = 60
}
