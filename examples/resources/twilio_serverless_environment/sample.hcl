# Names and suffixes occur once in a service. The table does not say so, because an environment that goes frees them at once.
twins = false
