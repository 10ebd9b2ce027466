drift       = { overridden_line_type = "tollFree" } # Twilio returns it under another name than it takes.
drift_shows = ["line_type"]
