terraform import twilio_trunk_route.exchange exchange.pstn.twilio.com
