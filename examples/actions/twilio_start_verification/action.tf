resource "twilio_verify_service" "shop" {
  friendly_name = "Shop"

  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.twilio_start_verification.owner]
    }
  }
}

action "twilio_start_verification" "owner" {
  config {
    service_sid = twilio_verify_service.shop.sid
    to          = "+14155550199"
    channel     = "sms"
  }
}
