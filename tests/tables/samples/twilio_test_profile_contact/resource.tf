resource "twilio_test_profile_contact" "test" {
  store_id   = var.contact_store_id
  profile_id = var.contact_profile_id
  traits = {
    contact = { city = "Paris", door_code_wo = "Hush-1-Hush", door_code_wo_version = 1 }
  }
}
