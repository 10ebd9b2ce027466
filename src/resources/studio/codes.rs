//! What Twilio's error codes mean for Studio flows.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::KnownCode;

/// Sorted by code.
pub const STUDIO: &[KnownCode] = &[
    KnownCode::new(
        20413,
        "The request is larger than Twilio takes.",
        "Shorten the longest text in the configuration.",
    )
    .at(&["definition"]),
    KnownCode::new(
        81021,
        "A revision of a flow is a number, LatestPublished or LatestRevision, and this is none of them.",
        "Name a revision that the flow has.",
    ),
    KnownCode::new(
        81022,
        "The flow's definition is not one that Studio can run.",
        "Correct each fault listed above. The Console's flow editor can import a definition and show them in place.",
    )
    .at(&["definition"]),
];
