resource "twilio_marketplace_installed_add_on" "spam" {
  available_add_on_sid    = var.spam_scores
  accept_terms_of_service = true # Its terms and its price are on the add-on's page in the Console.
  unique_name             = "spam-scores"

  configuration = jsonencode({
    region = "eu"
  })
}
