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
