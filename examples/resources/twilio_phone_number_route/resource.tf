# Calls to the Irish office are processed, and recorded, in Ireland.
resource "twilio_phone_number_route" "dublin" {
  phone_number  = "+35315550100"
  voice_region  = "ie1"
  friendly_name = "Dublin office"
}
