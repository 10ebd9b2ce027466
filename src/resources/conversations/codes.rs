//! What Twilio's error codes mean for Conversations. <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::KnownCode;

/// Sorted by code.
pub const CONVERSATIONS: &[KnownCode] = &[
    KnownCode::new(
        50375,
        "A conversation becomes inactive after a minute at the earliest.",
        "Write at least \"PT1M\", or leave it out for no timer.",
    )
    .at(&["default_inactive_timer"]),
    KnownCode::new(
        50376,
        "A conversation is closed after ten minutes at the earliest.",
        "Write at least \"PT10M\", or leave it out for no timer.",
    )
    .at(&["default_closed_timer"]),
    KnownCode::new(
        50377,
        "The conversation is closed, and nothing of it changes any more.",
        "Make a new conversation.",
    ),
    KnownCode::new(
        50379,
        "The time after which a conversation becomes inactive is no ISO 8601 duration.",
        "Write it as \"PT1H\" or \"P1D\".",
    )
    .at(&["default_inactive_timer"]),
    KnownCode::new(
        50380,
        "The time after which a conversation is closed is no ISO 8601 duration.",
        "Write it as \"PT1H\" or \"P7D\".",
    )
    .at(&["default_closed_timer"]),
    KnownCode::new(
        50384,
        "A new conversation cannot be closed.",
        "Make it active or inactive.",
    ),
    KnownCode::new(
        50424,
        "Twilio cannot read one of the participants that a conversation was to be made with.",
        "Correct what Twilio names.",
    ),
];
