witness = "build_sid"
