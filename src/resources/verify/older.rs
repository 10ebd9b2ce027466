//! Verify as the older providers store it: one has `push` and `totp` as blocks, the other each part of them by itself.

use crate::engine::facts::older::OlderState;

/// `twilio_verify_service`.
pub(super) const VERIFY_SERVICE: &[OlderState] = &[
    OlderState::rjpearson94("twilio_verify_service"),
    OlderState::vendor("twilio_verify_services_v2").renamed(&[
        ("push.apn_credential_sid", "push_apn_credential_sid"),
        ("push.fcm_credential_sid", "push_fcm_credential_sid"),
        ("totp.issuer", "totp_issuer"),
        ("totp.time_step", "totp_time_step"),
        ("totp.code_length", "totp_code_length"),
        ("totp.skew", "totp_skew"),
        ("whatsapp.msg_service_sid", "whatsapp_msg_service_sid"),
        ("whatsapp.from", "whatsapp_from"),
    ]),
];

/// `twilio_verify_rate_limit`.
pub(super) const VERIFY_RATE_LIMIT: &[OlderState] = &[
    OlderState::rjpearson94("twilio_verify_service_rate_limit"),
    OlderState::vendor("twilio_verify_services_rate_limits_v2"),
];

/// `twilio_verify_rate_limit_bucket`.
pub(super) const VERIFY_RATE_LIMIT_BUCKET: &[OlderState] = &[
    OlderState::rjpearson94("twilio_verify_service_rate_limit_bucket"),
    OlderState::vendor("twilio_verify_services_rate_limits_buckets_v2"),
];

/// `twilio_verify_messaging_configuration`.
pub(super) const VERIFY_MESSAGING_CONFIGURATION: &[OlderState] = &[
    OlderState::rjpearson94("twilio_verify_messaging_configuration").renamed(&[("country", "country_code")]),
    OlderState::vendor("twilio_verify_services_messaging_configurations_v2"),
];

/// `twilio_verify_webhook`.
pub(super) const VERIFY_WEBHOOK: &[OlderState] = &[
    OlderState::rjpearson94("twilio_verify_webhook"),
    OlderState::vendor("twilio_verify_services_webhooks_v2"),
];

/// `twilio_verify_safelist_number`.
pub(super) const VERIFY_SAFELIST_NUMBER: &[OlderState] = &[OlderState::vendor("twilio_verify_safe_list_numbers_v2")];
