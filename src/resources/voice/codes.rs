//! What Twilio's error codes mean for TwiML apps and calls.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::KnownCode;

/// Sorted by code.
pub const VOICE: &[KnownCode] = &[
    KnownCode::new(
        21205,
        "A call says something, and nothing that was sent says what.",
        "Set url, twiml or application_sid.",
    )
    .at(&["url", "twiml"]),
    KnownCode::new(
        21301,
        "The account has as many TwiML apps as it may.",
        "Destroy one that is not used, or use one for several numbers.",
    ),
];
