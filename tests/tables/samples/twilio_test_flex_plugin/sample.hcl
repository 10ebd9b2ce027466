twins = false # A unique name is one plugin's.
