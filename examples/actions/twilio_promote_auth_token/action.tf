variable "customer_sid" {
  description = "SID of the customer's subaccount, which has a secondary auth token"
  type        = string
}

resource "terraform_data" "rotation" {
  input = "2026-01"

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.twilio_promote_auth_token.customer]
    }
  }
}

action "twilio_promote_auth_token" "customer" {
  config {
    account_sid = var.customer_sid
  }
}
