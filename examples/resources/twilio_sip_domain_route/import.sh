terraform import twilio_sip_domain_route.sydney sydney.sip.twilio.com
