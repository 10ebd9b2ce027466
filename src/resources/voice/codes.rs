//! What Twilio's error codes mean for TwiML apps.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::KnownCode;

/// Sorted by code.
pub const VOICE: &[KnownCode] = &[KnownCode::new(
    21301,
    "The account has as many TwiML apps as it may.",
    "Destroy one that is not used, or use one for several numbers.",
)];
