data "twilio_monitor_alerts" "errors" {
  log_level = "error"
  limit     = 20
}

output "codes" {
  value = distinct(data.twilio_monitor_alerts.errors.alerts[*].error_code)
}
