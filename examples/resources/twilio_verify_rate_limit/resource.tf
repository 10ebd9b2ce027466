# The application sends the address that somebody comes from as "end_user_ip_address" with each start of a verification.
resource "twilio_verify_rate_limit" "address" {
  service_sid = twilio_verify_service.shop.sid
  unique_name = "end_user_ip_address"
  description = "Starts from one address"
}
