//! What Twilio's error codes mean for Marketplace. <https://www.twilio.com/docs/api/errors>
//!
//! They are about add-ons at work, in the account's log: here they are for `explain_error`.

use crate::engine::facts::KnownCode;

const VENDOR: &str =
    "Nothing here need be at fault. If it goes on, ask who offers the add-on: its page in the Console says how.";

/// Sorted by code.
pub const MARKETPLACE: &[KnownCode] = &[
    KnownCode::new(61000, "An add-on failed within Twilio.", VENDOR),
    KnownCode::new(61001, "An add-on did not answer in time.", VENDOR),
    KnownCode::new(61002, "Who offers an add-on could not do what was requested.", VENDOR),
    KnownCode::new(
        61003,
        "An add-on was not asked, because something that it needs is missing.",
        "Look at the add-on's page in the Console for what it needs, and at its configuration here.",
    )
    .at(&["configuration"]),
    KnownCode::new(
        61004,
        "An add-on found nothing.",
        "That need be no fault: it has nothing on the number or text that it was asked about.",
    ),
    KnownCode::new(
        61005,
        "An add-on refused what it was asked.",
        "Check its configuration against the schema that data.twilio_marketplace_available_add_ons shows.",
    )
    .at(&["configuration"]),
    KnownCode::new(
        61006,
        "Results of add-ons cannot be sent to a webhook by GET.",
        "Use POST as the method of the number's webhooks.",
    ),
    KnownCode::new(61007, "An add-on answered with more than Twilio passes on.", VENDOR),
    KnownCode::new(61008, "An add-on redirected too often.", VENDOR),
    KnownCode::new(
        61009,
        "An add-on could not answer with the data that there is.",
        "That need be no fault: it has nothing on the number or text that it was asked about.",
    ),
];
