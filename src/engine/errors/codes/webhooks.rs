//! Codes that Twilio gives when a server of yours does not answer a webhook as it should, or answers with TwiML that is wrong.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::KnownCode;

/// The attributes that name what Twilio requests, the likeliest first.
const WEBHOOK: &[&str] = &[
    "voice_url",
    "url",
    "sms_url",
    "inbound_request_url",
    "assignment_callback_url",
    "status_callback",
];

/// Where TwiML comes from.
const MARKUP: &[&str] = &["twiml", "voice_url", "url", "sms_url", "inbound_request_url"];

/// Sorted by code.
pub(super) const WEBHOOKS: &[KnownCode] = &[
    KnownCode::new(
        11100,
        "This is not a URL that Twilio can request.",
        "Use an absolute URL with http or https and the name of a host that is public.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        11200,
        "Twilio requested a webhook and got no good response: an error status, or none at all.",
        "Request the URL from outside your network as Twilio does, with the same method, and mend the server or the \
         redirect. The debugger in the Console has the response that Twilio got.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        11201,
        "Twilio could not connect to the server of a webhook in time.",
        "Check that the host and its port can be reached from the internet, and what a firewall in between lets \
         through.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        11202,
        "The server of a webhook refused the connection.",
        "Check that the server runs and listens on the port that the URL names.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        11203,
        "The server of a webhook did not answer within the 15 seconds that it has.",
        "Answer at once and do the work afterwards, or raise the time-outs behind # in the URL.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        11205,
        "Twilio could not connect to the server of a webhook, or the connection broke off.",
        "Check that the name leads to a public address, that the port is open to the internet, and that the server \
         speaks TLS where the URL says https.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        11206,
        "What answered a webhook does not speak HTTP as it should.",
        "Check the port in the URL, and the server or proxy behind it: its headers are malformed, or its response is \
         cut short.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        11210,
        "The host of a webhook has no public address.",
        "Correct the name in the URL, or its DNS record. A name that only your own network knows does not do.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        11215,
        "A webhook redirects Twilio too often.",
        "Use the URL at which the redirects end.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        11216,
        "A webhook redirects Twilio to what is no URL.",
        "Let the server answer with an absolute URL in Location, or use the final URL at once.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        11217,
        "A webhook answered with an error status.",
        "Read the log of your server for the request; the debugger in the Console has what it answered.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        11220,
        "Twilio and the server of a webhook found no common version of TLS, or no common cipher.",
        "Let the server offer TLS 1.2 or 1.3 with usual ciphers, and a certificate for the name in the URL.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        11235,
        "The certificate of a webhook is for another name than that in the URL.",
        "Use a certificate that names the host, or the host that the certificate names.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        11236,
        "The certificate of a webhook has expired.",
        "Renew it, and let the server load the new one.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        11237,
        "The certificate of a webhook leads to no authority that Twilio trusts: it is self-signed, or the server \
         leaves out those in between.",
        "Let the server send the whole chain, of an authority that is publicly trusted.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        11240,
        "Behind # in the URL of a webhook stands an edge that does not exist.",
        "Correct the name behind e=, or take it out.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        11241,
        "Behind # in the URL of a webhook stands an edge that sends no webhooks.",
        "Use another edge behind e=, or take it out.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        11242,
        "A webhook was to go over Twilio Interconnect, and the account may not do that.",
        "Use a public edge behind e=, or have Interconnect set up for the account.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        11243,
        "Behind # in the URL of a webhook stands a retry policy that does not exist.",
        "Use 4xx, 5xx, ct, rt or all behind rp=.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        11251,
        "The server of a webhook broke the rules of HTTP so that Twilio gave up.",
        "Look at the server or the proxy before it: a header or the length is wrong.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        11321,
        "A webhook is set up in a way that cannot work.",
        "Check URL and method of it.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        11322,
        "A webhook has a method that is neither GET nor POST.",
        "Use GET or POST.",
    )
    .at(&["voice_method", "sms_method", "status_callback_method", "method"]),
    KnownCode::new(
        11750,
        "A webhook answered with more TwiML than the 64 kB that Twilio reads.",
        "Answer with less, and lead on with Redirect.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        11751,
        "A file of a message is larger than the network of the recipient takes.",
        "Send a smaller file, or a link to it.",
    )
    .at(&["media_urls"]),
    KnownCode::new(
        11770,
        "A webhook answered with nothing where TwiML was needed.",
        "Answer with TwiML, at the least with an empty Response.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        12100,
        "What a webhook answered is no XML.",
        "Request the URL yourself: an error page or a stray character before the first tag is what is found most \
         often. provider::twilio::twiml writes TwiML that is right.",
    )
    .at(MARKUP)
    .named(),
    KnownCode::new(
        12101,
        "TwiML begins with an XML line that Twilio does not take.",
        "Write version 1.0 and UTF-8 there, or leave the line out.",
    )
    .at(MARKUP)
    .named(),
    KnownCode::new(
        12102,
        "TwiML has another root than Response.",
        "Put everything into one Response; the name has a capital letter.",
    )
    .at(MARKUP)
    .named(),
    KnownCode::new(
        12200,
        "TwiML has an element or attribute that does not exist there, and Twilio passes over it.",
        "Compare spelling and capital letters with the documentation of the verb.",
    )
    .at(MARKUP)
    .named(),
    KnownCode::new(
        12300,
        "A webhook answered with a Content-Type that does not go with what was needed.",
        "Answer TwiML as text/xml, and sounds as audio.",
    )
    .at(WEBHOOK)
    .named(),
    KnownCode::new(
        12400,
        "Something failed at Twilio while it followed TwiML.",
        "Check status.twilio.com, and try again later.",
    ),
    KnownCode::new(
        15003,
        "The status callback of a call answered with an error.",
        "Let it answer with 200 or 204; the call itself goes on.",
    )
    .at(&["status_callback"]),
    KnownCode::new(
        15004,
        "TwiML that was sent to change a call names a URL without a host.",
        "Write absolute URLs in it.",
    )
    .at(&["twiml"]),
    KnownCode::new(
        16011,
        "The status callback of a conference answered with an error.",
        "Request it from outside as Twilio does, and mend the server; the conference itself goes on.",
    ),
    KnownCode::new(
        53660,
        "The status callback of a room did not answer in time.",
        "Answer at once and do the work afterwards.",
    )
    .at(&["status_callback"]),
];
