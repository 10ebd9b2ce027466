resource "twilio_test_serverless_build" "test" {
  service_sid       = twilio_test_serverless_service.test.sid
  function_versions = [twilio_test_serverless_function.test.version_sid]
  runtime           = "node20"
  dependencies      = jsonencode([{ name = "twilio", version = "4.23.0" }])
}
