resource "twilio_test_chat_role" "test" {
  permissions = ["sendMessage", "leaveChannel"]
}
