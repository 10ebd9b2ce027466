variable "brand_sid" {
  description = "SID of the brand registration of a sole proprietor"
  type        = string
}

resource "terraform_data" "reminder" {
  input = "2026-01-31"

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.twilio_resend_brand_otp.owner]
    }
  }
}

action "twilio_resend_brand_otp" "owner" {
  config {
    brand_registration_sid = var.brand_sid
  }
}
