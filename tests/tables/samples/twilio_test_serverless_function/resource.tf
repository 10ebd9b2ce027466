resource "twilio_test_serverless_function" "test" {
  service_sid   = twilio_test_serverless_service.test.sid
  friendly_name = "Greeting"
  path          = "/greeting"
  visibility    = "public"
  content       = "exports.handler = () => 1;"
}
