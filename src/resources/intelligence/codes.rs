//! What Twilio's error codes mean for Conversational Intelligence. <https://www.twilio.com/docs/api/errors>
//!
//! Most are about transcripts, which Twilio makes with what is configured here: they stand in the account's log, and here for
//! `explain_error`.

use crate::engine::facts::KnownCode;

/// Sorted by code.
pub const INTELLIGENCE: &[KnownCode] = &[
    KnownCode::new(
        95119,
        "Conversational Intelligence does not transcribe encrypted recordings.",
        "Record without encryption, or give the service an encryption_credential_sid where the account may use one.",
    )
    .at(&["encryption_credential_sid"]),
    KnownCode::new(
        95121,
        "Encryption with a public key is not enabled for this account.",
        "Ask Twilio to enable it, or take encryption_credential_sid out.",
    )
    .at(&["encryption_credential_sid"]),
    KnownCode::new(
        95123,
        "The public key credential is not valid.",
        "Check that encryption_credential_sid names a public key credential of this account, with an RSA key in PEM form.",
    )
    .at(&["encryption_credential_sid"]),
    KnownCode::new(
        95124,
        "What is encrypted with a public key cannot have its media redacted.",
        "Set media_redaction = false, or take encryption_credential_sid out.",
    )
    .at(&["media_redaction", "encryption_credential_sid"]),
    KnownCode::new(
        95200,
        "The webhook of the service answered with an error.",
        "Look at what webhook_url answers, and at its certificate.",
    )
    .at(&["webhook_url"]),
    KnownCode::new(
        95201,
        "The webhook of the service did not answer in time.",
        "Answer at once, and do the work afterwards.",
    )
    .at(&["webhook_url"]),
    KnownCode::new(
        95250,
        "Nobody has accepted the AI/ML Features Addendum for this account.",
        "Accept it in the Console, under Conversational Intelligence, and apply again.",
    ),
    KnownCode::new(
        95300,
        "There is no such Conversational Intelligence service in this account.",
        "Check the SID, and that account_sid names the account that the service is in.",
    )
    .at(&["service_sid"]),
    KnownCode::new(
        95301,
        "A transcript was requested in another language than that of the service.",
        "Use a service of that language: each has one, for good.",
    )
    .at(&["language_code"]),
    KnownCode::new(
        95302,
        "Conversational Intelligence failed.",
        "Nothing in the configuration need be at fault. If it goes on, ask Twilio's support, with the request id.",
    ),
    KnownCode::new(
        95303,
        "Transcripts in this language cannot be redacted.",
        "Set auto_redaction = false, or use a language that Twilio redacts.",
    )
    .at(&["auto_redaction", "language_code"]),
    KnownCode::new(
        95304,
        "Media in this language cannot be redacted.",
        "Set media_redaction = false, or use a language that Twilio redacts.",
    )
    .at(&["media_redaction", "language_code"]),
    KnownCode::new(
        95410,
        "The configuration is not valid.",
        "Write config as the schema of the operator's type has it: data.twilio_intelligence_operator_types shows it.",
    )
    .at(&["config"]),
    KnownCode::new(
        95420,
        "The operator does not fit the schema of its type.",
        "Write config as the schema of the operator's type has it: data.twilio_intelligence_operator_types shows it.",
    )
    .at(&["config"]),
    KnownCode::new(
        95421,
        "Somebody else changed the operator after it was read.",
        "Plan and apply again, and see in the plan what it is now.",
    ),
];
