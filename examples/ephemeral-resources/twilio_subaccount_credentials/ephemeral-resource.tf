resource "twilio_subaccount" "team" {
  friendly_name = "Team"
}

# Read while the run applies: the subaccount has to be there.
ephemeral "twilio_subaccount_credentials" "team" {
  sid = twilio_subaccount.team.sid
}

# A second provider that signs in as the subaccount. The token is in no state and no plan file.
provider "twilio" {
  alias       = "team"
  account_sid = twilio_subaccount.team.sid
  auth_token  = ephemeral.twilio_subaccount_credentials.team.auth_token
}
