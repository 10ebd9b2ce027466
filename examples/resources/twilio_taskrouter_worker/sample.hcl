twins = false # A workspace has one worker of a name.
