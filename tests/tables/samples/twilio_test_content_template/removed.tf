resource "twilio_test_content_template" "test" {
  variables = null

  types = {
    quick_reply = {
      body    = "Did your parcel arrive?"
      actions = [{ title = "Yes", id = "yes" }, { title = "No" }]
    }
  }
}
