witness     = "friendly_name" # What changes, Twilio writes in its own way.
drift       = { region = "NV" }
drift_shows = ["region"]
