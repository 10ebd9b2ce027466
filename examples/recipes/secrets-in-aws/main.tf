# The auth token of a subaccount, written to AWS Secrets Manager. It is in no state and in no plan file.
terraform {
  required_version = ">= 1.11"
  required_providers {
    twilio = {
      source = "twilio-community/twilio"
    }
    aws = {
      source = "hashicorp/aws"
    }
  }
}

resource "twilio_subaccount" "team" {
  friendly_name = "Team"
}

ephemeral "twilio_subaccount_credentials" "team" {
  sid = twilio_subaccount.team.sid
}

resource "aws_secretsmanager_secret" "team" {
  name = "twilio/team"
}

resource "aws_secretsmanager_secret_version" "team" {
  secret_id = aws_secretsmanager_secret.team.id

  secret_string_wo = jsonencode({
    account_sid = twilio_subaccount.team.sid
    auth_token  = ephemeral.twilio_subaccount_credentials.team.auth_token
  })
  # Another number writes the token again: raise it after a change of the token.
  secret_string_wo_version = 1
}
