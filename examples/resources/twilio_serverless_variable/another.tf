resource "twilio_serverless_variable" "table" {
  key = "OTHER_TABLE"
}
