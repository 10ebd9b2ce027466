resource "twilio_phone_number" "hotline" {
  phone_number = "+14155550145"

  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.twilio_make_call.test]
    }
  }
}

action "twilio_make_call" "test" {
  config {
    to    = "+14155550199"
    from  = twilio_phone_number.hotline.phone_number
    twiml = "<Response><Say>This is the new hotline.</Say></Response>"
  }
}
