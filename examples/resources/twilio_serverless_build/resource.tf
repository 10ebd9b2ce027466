resource "twilio_serverless_build" "current" {
  service_sid           = twilio_serverless_service.tide_line.sid
  function_version_sids = [twilio_serverless_function.tides.version_sid]
  asset_version_sids    = [twilio_serverless_asset.page.version_sid]
  runtime               = "node20"

  dependencies = {
    twilio = "5.3.0"
  }

  # The new build is deployed before the old one goes.
  lifecycle {
    create_before_destroy = true
  }
}

# The page alone, with what Twilio chooses.
resource "twilio_serverless_build" "trial" {
  service_sid        = twilio_serverless_service.tide_line.sid
  asset_version_sids = [twilio_serverless_asset.page.version_sid]

  lifecycle {
    create_before_destroy = true
  }
}
