resource "twilio_serverless_variable" "table" {
  value = "tides-of-the-harbour"
}
