resource "twilio_serverless_project" "harbour" {
  assets       = null
  dependencies = null
}
