//! What Twilio's error codes mean for trunks.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::KnownCode;

/// Sorted by code.
pub const TRUNKING: &[KnownCode] = &[
    KnownCode::new(
        21244,
        "The account has as many trunks as it may.",
        "Destroy one that is not used, or ask Twilio's support for more.",
    ),
    KnownCode::new(21245, "A setting of the trunk is not taken.", "Correct what Twilio names.").named(),
    KnownCode::new(
        21247,
        "There are trunks below the name of this one, or the name is below one that neither this account nor its parent has.",
        "Destroy the trunks below the name first, or choose another name below pstn.twilio.com.",
    )
    .at(&["domain_name"]),
    KnownCode::new(
        21248,
        "Another trunk has this name already.",
        "Choose another name below pstn.twilio.com. If the account has the trunk already, import it.",
    )
    .at(&["domain_name"]),
    KnownCode::new(
        21249,
        "The trunk has as many origination URLs as it may.",
        "Destroy one that is not used, or let a name of DNS stand for several addresses.",
    ),
    KnownCode::new(
        21251,
        "The calls per second of the trunk cannot be changed so.",
        "Ask Twilio's support for more calls per second.",
    ),
    KnownCode::new(
        21252,
        "The trunk names a region that there is not.",
        "Correct the region in the name of the trunk or in the address.",
    )
    .at(&["domain_name", "sip_url"]),
    KnownCode::new(
        21634,
        "Emergency calls use this trunk.",
        "Move the numbers with an emergency address to another trunk first, and apply again.",
    ),
];
