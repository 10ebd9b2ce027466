variable "service_sid" {
  description = "SID of the Verify service that sent the code"
  type        = string
}

variable "code" {
  description = "The code that the owner got"
  type        = string
  ephemeral   = true
}

resource "terraform_data" "approved_by_owner" {
  lifecycle {
    action_trigger {
      # Before: with a wrong code it is not made, and neither is what depends on it.
      events  = [before_create]
      actions = [action.twilio_check_verification.owner]
    }
  }
}

action "twilio_check_verification" "owner" {
  config {
    service_sid = var.service_sid
    to          = "+14155550199"
    code        = var.code
  }
}
