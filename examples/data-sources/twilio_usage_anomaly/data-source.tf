# Messages of each account beside the fourteen days before.
data "twilio_usage_anomaly" "messages" {
  category      = "sms"
  lookback_days = 14
  multiplier    = 4
  min_price     = 20
}

# Warns in each plan, and stops nothing.
check "messages_cost_what_they_usually_do" {
  assert {
    condition = !data.twilio_usage_anomaly.messages.anomalous
    error_message = join("\n", [
      for row in data.twilio_usage_anomaly.messages.results :
      "${row.account_sid} comes to ${row.prorated_price} today, and ${row.baseline_mean} on other days." if row.anomalous
    ])
  }
}
