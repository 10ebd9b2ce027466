resource "twilio_sync_list_item" "first_order" {
  data = jsonencode({ dish = "Soup of the day", table = 1 })
}
