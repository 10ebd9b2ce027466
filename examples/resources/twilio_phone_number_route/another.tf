resource "twilio_phone_number_route" "dublin" {
  phone_number = "+35315550101"
}
