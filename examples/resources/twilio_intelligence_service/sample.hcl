twins = false # Twilio has each unique name once in an account.
