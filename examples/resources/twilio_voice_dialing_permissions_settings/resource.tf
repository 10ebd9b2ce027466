# In the account of the provider block, which is a subaccount.
# The account has permissions of its own, whatever its parent account may call.
resource "twilio_voice_dialing_permissions_settings" "own" {
  dialing_permissions_inheritance = false
}
