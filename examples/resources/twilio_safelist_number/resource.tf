# A tester, who signs up a hundred times a day.
resource "twilio_safelist_number" "tester" {
  phone_number = "+14155550170"
}
