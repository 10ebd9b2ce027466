# The auth token of a subaccount, written to Google Secret Manager. It is in no state and in no plan file.
terraform {
  required_version = ">= 1.11"
  required_providers {
    twilio = {
      source = "twilio-community/twilio"
    }
    google = {
      source = "hashicorp/google"
    }
  }
}

resource "twilio_subaccount" "team" {
  friendly_name = "Team"
}

ephemeral "twilio_subaccount_credentials" "team" {
  sid = twilio_subaccount.team.sid
}

resource "google_secret_manager_secret" "team" {
  secret_id = "twilio-team"

  replication {
    auto {}
  }
}

resource "google_secret_manager_secret_version" "team" {
  secret = google_secret_manager_secret.team.id

  secret_data_wo = ephemeral.twilio_subaccount_credentials.team.auth_token
  # Another number writes the token again: raise it after a change of the token.
  secret_data_wo_version = 1
}
