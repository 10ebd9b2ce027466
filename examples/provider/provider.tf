terraform {
  required_providers {
    twilio = {
      source  = "twilio-community/twilio"
      version = "~> 0.1"
    }
  }
}

# Credentials come from TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN, or with TWILIO_API_KEY and TWILIO_API_SECRET.
provider "twilio" {}
