data "twilio_webhook_check" "hooks" {
  urls = [
    "https://hooks.example.com/voice",
    "https://hooks.example.com/sms",
  ]
  # The server knows this call for a check, and does nothing for it.
  parameters = { CallSid = "CA00000000000000000000000000000000" }
  timeout    = 5
}

locals {
  bad_webhooks = [
    for result in data.twilio_webhook_check.hooks.results :
    "${result.url}: ${join(", ", concat(compact([result.error]), result.findings))}"
    if result.healthy == false
  ]
  expiring = [
    for result in data.twilio_webhook_check.hooks.results : "${result.url}: ${result.days_to_expiry} days"
    if try(result.days_to_expiry < 14, false)
  ]
}

check "webhooks_respond_and_know_twilio" {
  assert {
    condition     = length(local.bad_webhooks) == 0
    error_message = join("\n", local.bad_webhooks)
  }
  assert {
    condition     = length(local.expiring) == 0
    error_message = "Certificates expire: ${join(", ", local.expiring)}"
  }
}
