resource "twilio_serverless_project" "harbour" {
  functions = "${path.module}/spring"
  runtime   = "node22"
}
