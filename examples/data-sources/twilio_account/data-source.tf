data "twilio_account" "current" {}

output "signed_in_to" {
  value = "${data.twilio_account.current.friendly_name} (${data.twilio_account.current.account_sid})"
}
