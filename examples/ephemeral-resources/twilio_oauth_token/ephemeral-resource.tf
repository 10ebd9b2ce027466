variable "client_id" {
  type = string
}

variable "client_secret" {
  type      = string
  sensitive = true
  ephemeral = true
}

ephemeral "twilio_oauth_token" "status" {
  client_id     = var.client_id
  client_secret = var.client_secret
}

resource "terraform_data" "status" {
  triggers_replace = var.client_id

  provisioner "local-exec" {
    # In place of a request to Twilio's API.
    command = "test -n \"$TOKEN\""

    environment = {
      TOKEN = ephemeral.twilio_oauth_token.status.token
    }
  }
}
