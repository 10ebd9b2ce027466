witness = "date_expires"
