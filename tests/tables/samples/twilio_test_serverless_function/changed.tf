resource "twilio_test_serverless_function" "test" {
  friendly_name = "Greetings"
  content       = "exports.handler = () => 2;"
}
