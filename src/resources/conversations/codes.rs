//! What Twilio's error codes mean for Conversations. <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::KnownCode;

/// Sorted by code.
pub const CONVERSATIONS: &[KnownCode] = &[
    KnownCode::new(
        50050,
        "There is no such Conversations service in this account.",
        "Check the SID of the service, and that account_sid names the account that it is in.",
    ),
    KnownCode::new(
        50204,
        "A participant is somebody with an identity or with an address, and neither was sent.",
        "Set the identity of a chat user, or the address that messages go to.",
    ),
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
        50409,
        "A participant's own address and the number that stands between are the same.",
        "Use another address of your own as the proxy address.",
    ),
    KnownCode::new(
        50414,
        "A participant's own address and the number that stands between are of two channels.",
        "Give both the same prefix, for example whatsapp:, or none to either.",
    ),
    KnownCode::new(
        50416,
        "This pair of an address and a proxy address is in an active conversation already.",
        "Close that conversation, take the participant out of it, or use another proxy address.",
    ),
    KnownCode::new(
        50424,
        "Twilio cannot read one of the participants that a conversation was to be made with.",
        "Correct what Twilio names.",
    ),
    KnownCode::new(
        50425,
        "One of the pairs of an address and a proxy address is in an active conversation already.",
        "Close that conversation, take the participant out of it, or use another proxy address.",
    ),
];
