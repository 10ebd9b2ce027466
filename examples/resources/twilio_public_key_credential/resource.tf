# The public half of a key pair: openssl rsa -pubout -in private_key.pem -out public_key.pem
resource "twilio_public_key_credential" "recordings" {
  friendly_name = "Recordings of calls"
  public_key    = file("${path.module}/public_key.pem")
}
