resource "twilio_serverless_function" "tides" {
  friendly_name = "Ebb"
  path          = "/ebb"
}
