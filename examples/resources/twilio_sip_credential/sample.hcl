twins = false # Twilio has each user name of a list once.
