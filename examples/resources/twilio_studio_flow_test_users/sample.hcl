drift = { test_users = ["qa-somebody"] }
