resource "twilio_test_content_template" "test" {
  friendly_name = "Order"
  language      = "en"
  variables     = { "1" = "Ada", "2" = "" }

  types = {
    text = {
      body = "Hello {{1}}"
    }
    quick_reply = {
      body    = "Is your order right?"
      actions = [{ title = "Yes", id = "yes" }, { title = "No" }]
    }
  }
}
