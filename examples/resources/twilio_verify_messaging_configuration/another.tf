resource "twilio_verify_messaging_configuration" "germany" {
  country = "all"
}
