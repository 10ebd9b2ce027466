resource "twilio_test_supporting_document" "test" {
  friendly_name = "Invoice"
  type          = "invoice"
  attributes    = jsonencode({ number = 7 })
  source        = "${path.module}/invoice.png"
}
