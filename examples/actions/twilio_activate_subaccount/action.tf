variable "customer_sid" {
  description = "SID of the customer's subaccount"
  type        = string
}

resource "terraform_data" "contract" {
  input = "2026-01-31"

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.twilio_activate_subaccount.customer]
    }
  }
}

action "twilio_activate_subaccount" "customer" {
  config {
    subaccount_sid = var.customer_sid
  }
}
