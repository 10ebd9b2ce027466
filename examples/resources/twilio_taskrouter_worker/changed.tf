resource "twilio_taskrouter_worker" "ada" {
  attributes = jsonencode({
    contact_uri = "client:ada"
    skills      = ["billing"]
    level       = 4
  })
}
