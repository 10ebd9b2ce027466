twins   = false
witness = "date_expires"
