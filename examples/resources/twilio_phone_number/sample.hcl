imports = ["{phone_number}"]
