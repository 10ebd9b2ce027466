# The auth token of a subaccount, written to Vault. It is in no state and in no plan file.
terraform {
  required_version = ">= 1.11"
  required_providers {
    twilio = {
      source = "twilio-community/twilio"
    }
    vault = {
      source = "hashicorp/vault"
    }
  }
}

resource "twilio_subaccount" "team" {
  friendly_name = "Team"
}

ephemeral "twilio_subaccount_credentials" "team" {
  sid = twilio_subaccount.team.sid
}

resource "vault_kv_secret_v2" "team" {
  mount = "secret"
  name  = "twilio/team"

  data_json_wo = jsonencode({
    account_sid = twilio_subaccount.team.sid
    auth_token  = ephemeral.twilio_subaccount_credentials.team.auth_token
  })
  # Another number writes the token again: raise it after a change of the token.
  data_json_wo_version = 1
}
