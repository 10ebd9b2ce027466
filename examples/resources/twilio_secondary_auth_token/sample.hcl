witness = "secondary_auth_token" # Another rotation is another token, and nothing else of it changes.
