//! Messaging as the older providers store it.

use crate::engine::facts::older::OlderState;

/// `twilio_messaging_service`.
pub(super) const SERVICE: &[OlderState] = &[
    OlderState::rjpearson94("twilio_messaging_service").renamed(&[("status_callback", "status_callback_url")]),
    OlderState::vendor("twilio_messaging_services_v1"),
];

/// `twilio_messaging_service_phone_number`.
pub(super) const SERVICE_PHONE_NUMBER: &[OlderState] = &[
    OlderState::rjpearson94("twilio_messaging_phone_number").renamed(&[("phone_number_sid", "sid")]),
    OlderState::vendor("twilio_messaging_services_phone_numbers_v1"),
];
