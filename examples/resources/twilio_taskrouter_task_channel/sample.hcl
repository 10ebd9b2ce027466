twins = false
