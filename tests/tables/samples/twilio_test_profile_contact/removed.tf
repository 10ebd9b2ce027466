resource "twilio_test_profile_contact" "test" {
  traits = {
    contact = { door_code_wo = "Hush-2-Hush", door_code_wo_version = 2 }
  }
}
