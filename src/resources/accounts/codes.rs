//! What Twilio's error codes mean for accounts and keys.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::KnownCode;

/// Sorted by code.
pub const ACCOUNTS: &[KnownCode] = &[
    KnownCode::new(
        21101,
        "A subaccount cannot have subaccounts.",
        "Sign in to the main account to make one.",
    ),
    KnownCode::new(
        21475,
        "An account cannot have this status.",
        "Use active or suspended.",
    )
    .at(&["status"]),
    KnownCode::new(
        21476,
        "The subaccount cannot change its status while its parent account is suspended.",
        "Have the parent account activated first.",
    )
    .at(&["status"]),
    KnownCode::new(
        21477,
        "This is a parent account, and the status of one cannot be changed through the API.",
        "Use the SID of a subaccount.",
    )
    .at(&["status"]),
    KnownCode::new(
        21478,
        "Twilio itself has suspended the subaccount.",
        "Ask Twilio's support why, and to activate it again.",
    )
    .at(&["status"]),
    KnownCode::new(
        21479,
        "The subaccount has been closed, which cannot be undone.",
        "Take it out of the configuration, or replace it to get a new one.",
    )
    .at(&["status"]),
    KnownCode::new(
        21480,
        "The parent account has as many subaccounts as it may.",
        "Close one that is not used, or ask Twilio's support for a higher limit.",
    ),
    KnownCode::new(
        70002,
        "A permission in the key's policy is none that Twilio knows.",
        "Correct the name in policy.allow. Twilio's page on restricted keys links to the lists of them, product by product.",
    )
    .at(&["policy.allow"]),
];
