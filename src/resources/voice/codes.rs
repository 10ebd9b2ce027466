//! What Twilio's error codes mean for TwiML apps, calls, and carriers of one's own.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::KnownCode;

/// Sorted by code.
pub const VOICE: &[KnownCode] = &[
    KnownCode::new(
        21201,
        "The call has nobody to go to.",
        "Give it a number in E.164 form, a client or a SIP address.",
    )
    .at(&["to"]),
    KnownCode::new(
        21203,
        "The account may not call other countries.",
        "Allow the country in Voice > Settings > Geo permissions.",
    )
    .at(&["to"]),
    KnownCode::new(
        21205,
        "The call has no TwiML, or the URL of it is not valid.",
        "Give it an absolute URL of a document, or the TwiML itself.",
    )
    .at(&["url", "twiml"]),
    KnownCode::new(
        21206,
        "The keys to press hold something that no telephone has.",
        "Write digits, # and *, and w for each half second of waiting.",
    )
    .at(&["send_digits"]),
    KnownCode::new(
        21208,
        "The time to let it ring is out of range.",
        "Give whole seconds, up to 600.",
    )
    .at(&["timeout"]),
    KnownCode::new(
        21209,
        "A method is none that Twilio requests a URL with.",
        "Use GET or POST.",
    )
    .at(&["method", "fallback_method", "status_callback_method"]),
    KnownCode::new(
        21210,
        "The caller is neither a number of this account nor verified.",
        "Use a number of the account, or verify it under Phone Numbers > Verified Caller IDs.",
    )
    .at(&["from"]),
    KnownCode::new(
        21211,
        "The number to call is not a valid phone number.",
        "Use E.164 form, a plus sign and country code first; provider::twilio::e164 checks a number by its numbering plan.",
    )
    .at(&["to"]),
    KnownCode::new(
        21212,
        "The caller is not a valid phone number.",
        "Use a number of the account in E.164 form.",
    )
    .at(&["from"]),
    KnownCode::new(
        21213,
        "The call has no caller.",
        "Give it a number of the account.",
    )
    .at(&["from"]),
    KnownCode::new(
        21214,
        "Twilio cannot reach this number.",
        "Check that the number exists and takes calls.",
    )
    .at(&["to"]),
    KnownCode::new(
        21215,
        "The account may not call this number or its country.",
        "Allow the country and kind of number in Voice > Settings > Geo permissions.",
    )
    .at(&["to"]),
    KnownCode::new(
        21216,
        "Twilio blocks calls to this number.",
        "Ask Twilio's support if that is a mistake.",
    )
    .at(&["to"]),
    KnownCode::new(
        21217,
        "The number to call does not look like a phone number.",
        "Use E.164 form, a plus sign and country code first.",
    )
    .at(&["to"]),
    KnownCode::new(
        21218,
        "There is no such TwiML app in this account.",
        "Check the SID, and that account_sid names the account that the app is in.",
    )
    .at(&["application_sid"]),
    KnownCode::new(
        21219,
        "The account is on trial, and calls verified numbers only.",
        "Verify the number under Phone Numbers > Verified Caller IDs, or upgrade the account.",
    )
    .at(&["to"]),
    KnownCode::new(
        21301,
        "The account has as many TwiML apps as it may.",
        "Destroy one that is not used, or use one for several numbers.",
    ),
KnownCode::unexplained(80606),];

/// Of trunks to carriers of one's own, sorted by code.
pub const CARRIER: &[KnownCode] = &[
    KnownCode::new(
        21253,
        "The account has as many connection policies as it may.",
        "Destroy one that is not used, let several trunks refer to the same one, or ask Twilio's support for more.",
    ),
    KnownCode::new(
        21254,
        "The connection policy has as many targets as it may.",
        "Destroy one that is not used, or let a name of DNS stand for several addresses.",
    ),
];
