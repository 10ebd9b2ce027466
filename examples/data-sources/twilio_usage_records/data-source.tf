# What the account spent on each of the last seven days.
data "twilio_usage_records" "week" {
  category   = "totalprice"
  period     = "daily"
  start_date = "-6days"
}

output "spent_by_day" {
  value = { for record in data.twilio_usage_records.week.records : record.start_date => record.price }
}

output "spent_in_a_week" {
  value = "${data.twilio_usage_records.week.total_price} ${data.twilio_usage_records.week.price_unit}"
}

# Stop when this month costs too much.
data "twilio_usage_records" "month" {
  period = "this_month"

  lifecycle {
    postcondition {
      condition     = self.total_price < 1000000
      error_message = "This month costs ${self.total_price} already."
    }
  }
}
