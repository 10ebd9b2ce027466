//! Codes of links that are shortened in messages, and of the domain that they lead to.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::KnownCode;

/// Sorted by code.
pub(super) const LINKS: &[KnownCode] = &[
    KnownCode::new(
        30101,
        "The domain for short links is not verified.",
        "Add the TXT record that Twilio names, and verify it.",
    ),
    KnownCode::new(
        30102,
        "The certificate of the domain for short links has expired.",
        "Upload a new one.",
    ),
    KnownCode::new(
        30103,
        "Links were not shortened, because something failed at Twilio.",
        "Check status.twilio.com, and send again later.",
    ),
    KnownCode::new(
        30106,
        "The domain for short links is not set up in this account.",
        "Set it up, and name the messaging services that use it.",
    ),
    KnownCode::new(
        30107,
        "The domain for short links has no certificate.",
        "Upload the certificate with its private key.",
    ),
    KnownCode::new(
        30108,
        "The account is in no organisation, and only those of one can shorten links.",
        "Put the account into an organisation.",
    ),
    KnownCode::new(
        30110,
        "The domain for short links is blocked.",
        "Ask Twilio's support why.",
    ),
    KnownCode::new(30111, "A link in the message is on a deny list.", "Use another link.").at(&["body"]),
    KnownCode::new(
        30116,
        "The certificate or its private key is missing.",
        "Give both, in PEM form.",
    ),
    KnownCode::new(
        30117,
        "The certificate is none that Twilio can read.",
        "Give it in PEM form, with the certificates in between.",
    ),
    KnownCode::new(
        30120,
        "There is neither certificate nor private key for the domain.",
        "Upload both, in PEM form.",
    ),
    KnownCode::new(
        30124,
        "No messaging service is named.",
        "Give at least one SID that starts with MG.",
    )
    .at(&["messaging_service_sid"]),
    KnownCode::new(
        30129,
        "The certificate is self-signed.",
        "Use one of an authority that is publicly trusted.",
    ),
    KnownCode::new(
        30130,
        "The messaging service uses another domain for short links already.",
        "Take it out there first.",
    )
    .at(&["messaging_service_sid"]),
    KnownCode::new(
        30131,
        "The certificate of the domain for short links expires soon.",
        "Upload a new one.",
    ),
    KnownCode::new(
        30132,
        "The certificate leads to no authority that is trusted.",
        "Give the whole chain.",
    ),
    KnownCode::new(30133, "The certificate could not be stored.", "Try again later."),
    KnownCode::new(
        30137,
        "No messaging service uses the domain for short links.",
        "Name one.",
    ),
    KnownCode::new(
        30139,
        "A link in the message cannot be shortened.",
        "Use an absolute http or https URL.",
    )
    .at(&["body"]),
    KnownCode::new(
        30140,
        "The certificate demands OCSP stapling, which is not done for short links.",
        "Use a certificate without that.",
    ),
];
