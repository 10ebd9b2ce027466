resource "twilio_test_content_template" "test" {
  friendly_name = "Parcel"

  types = {
    text = {
      body = "Hello {{1}}"
    }
    quick_reply = {
      body    = "Did your parcel arrive?"
      actions = [{ title = "Yes", id = "yes" }, { title = "No" }]
    }
  }
}
