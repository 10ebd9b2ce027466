//! What Twilio's error codes mean for Verify.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::KnownCode;

/// Sorted by code.
pub const VERIFY: &[KnownCode] = &[
    KnownCode::new(
        60200,
        "Verify does not take the value of a parameter.",
        "Correct what Twilio names; the documentation of the attribute says what it may be.",
    )
    .named(),
    KnownCode::new(
        60202,
        "The code was checked too often, and the verification takes no more.",
        "Start another verification when this one has expired, which takes ten minutes.",
    )
    .at(&["code"]),
    KnownCode::new(
        60203,
        "Too many codes were sent to this recipient.",
        "Wait ten minutes, or check the code that was sent.",
    )
    .at(&["to"]),
    KnownCode::new(
        60373,
        "A list of Verify was requested in larger pages than Twilio allows.",
        "The provider should not have sent this request: please report it, with this text.",
    ),
];
