twins = false # Twilio has each name of a list once in an account.
