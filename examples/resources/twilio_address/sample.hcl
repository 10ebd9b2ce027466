witness     = "customer_name" # What else changes, Twilio writes in its own way.
drift       = { region = "NV" }
drift_shows = ["region"]
