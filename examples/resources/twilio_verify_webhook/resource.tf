resource "twilio_verify_webhook" "factors" {
  service_sid   = twilio_verify_service.shop.sid
  friendly_name = "Factors"
  event_types   = ["factor.verified", "challenge.approved"]
  webhook_url   = "https://example.com/verify"
  status        = "disabled"
  version       = "v1"
}
