twins = false # Twilio has each name once in an account.
