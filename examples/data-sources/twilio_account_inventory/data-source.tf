data "twilio_account_inventory" "all" {
  include_subaccounts = true
}

# How many there are of each kind, by account.
output "counts" {
  value = {
    for holding in data.twilio_account_inventory.all.holdings :
    "${coalesce(holding.friendly_name, holding.account_sid)}: ${holding.kind}" => holding.count
    if holding.count > 0
  }
}

# What there is, by the id that an import block takes.
output "import_ids" {
  value = {
    for object in data.twilio_account_inventory.all.objects :
    object.import_id => "${object.resource_type} ${coalesce(object.name, object.sid)}"
    if object.import_id != null
  }
}

# Says so when a part could not be read.
check "everything_was_read" {
  assert {
    condition     = data.twilio_account_inventory.all.complete
    error_message = "Not known: ${jsonencode(data.twilio_account_inventory.all.unread)}"
  }
}
