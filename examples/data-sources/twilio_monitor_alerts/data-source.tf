data "twilio_monitor_alerts" "errors" {
  log_level = "error"
  limit     = 20
}

# What went wrong, and what to do about it.
output "advice" {
  value = {
    for alert in data.twilio_monitor_alerts.errors.alerts :
    coalesce(alert.error_code, "without a code") => coalesce(alert.advice, alert.more_info, "No advice is known.")...
  }
}
