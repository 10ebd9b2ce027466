resource "twilio_test_chat_role" "test" {
  service_sid   = var.service_sid
  friendly_name = "Moderator"
  type          = "channel"
  permissions   = ["sendMessage"]
}
