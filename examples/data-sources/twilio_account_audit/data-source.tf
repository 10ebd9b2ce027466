data "twilio_account_audit" "all" {
  max_key_age_days = 90
  min_balance      = 20
}

locals {
  findings = {
    for severity in ["high", "medium", "low"] : severity => [
      for finding in data.twilio_account_audit.all.findings :
      "${coalesce(finding.name, finding.sid, finding.kind)}: ${finding.message}"
      if finding.severity == severity
    ]
  }
}

# The data source stands outside of the checks: inside, `plan -detailed-exitcode` would always end with 2.
check "nothing_is_urgent" {
  assert {
    condition     = length(local.findings.high) == 0
    error_message = join("\n", concat(["Look after these today:"], local.findings.high))
  }
}

# A part that could not be read may be the worst of all.
check "the_whole_account_was_audited" {
  assert {
    condition     = data.twilio_account_audit.all.complete
    error_message = "Not known: ${jsonencode(data.twilio_account_audit.all.unread)}"
  }
}

output "findings" {
  value = local.findings
}
