terraform import twilio_phone_number.support PN0123456789abcdef0123456789abcdef

# By the number itself
terraform import twilio_phone_number.support +14155550100

# One in a subaccount
terraform import twilio_phone_number.support AC0123456789abcdef0123456789abcdef/PN0123456789abcdef0123456789abcdef
