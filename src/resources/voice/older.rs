//! TwiML apps as the older providers store them.

use crate::engine::facts::older::OlderState;

/// `twilio_twiml_app`.
pub(super) const TWIML_APP: &[OlderState] = &[
    OlderState::rjpearson94("twilio_twiml_app").renamed(IN_BLOCKS),
    OlderState::vendor("twilio_api_accounts_applications"),
];

/// There, voice and messaging are blocks.
const IN_BLOCKS: &[(&str, &str)] = &[
    ("voice_url", "voice.url"),
    ("voice_method", "voice.method"),
    ("voice_fallback_url", "voice.fallback_url"),
    ("voice_fallback_method", "voice.fallback_method"),
    ("voice_caller_id_lookup", "voice.caller_id_lookup"),
    ("status_callback", "voice.status_callback_url"),
    ("status_callback_method", "voice.status_callback_method"),
    ("sms_url", "messaging.url"),
    ("sms_method", "messaging.method"),
    ("sms_fallback_url", "messaging.fallback_url"),
    ("sms_fallback_method", "messaging.fallback_method"),
    ("message_status_callback", "messaging.status_callback_url"),
];

/// `twilio_queue`.
pub(super) const QUEUE: &[OlderState] = &[
    OlderState::rjpearson94("twilio_voice_queue"),
    OlderState::vendor("twilio_api_accounts_queues"),
];

/// `twilio_voice_byoc_trunk`.
pub(super) const VOICE_BYOC_TRUNK: &[OlderState] = &[OlderState::vendor("twilio_voice_byoc_trunks_v1")];

/// `twilio_voice_connection_policy`.
pub(super) const VOICE_CONNECTION_POLICY: &[OlderState] = &[OlderState::vendor("twilio_voice_connection_policies_v1")];

/// `twilio_voice_ip_record`.
pub(super) const VOICE_IP_RECORD: &[OlderState] = &[OlderState::vendor("twilio_voice_ip_records_v1")];

/// `twilio_voice_source_ip_mapping`.
pub(super) const VOICE_SOURCE_IP_MAPPING: &[OlderState] = &[OlderState::vendor("twilio_voice_source_ip_mappings_v1")];

/// `twilio_voice_connection_policy_target`.
pub(super) const VOICE_CONNECTION_POLICY_TARGET: &[OlderState] =
    &[OlderState::vendor("twilio_voice_connection_policies_targets_v1")];
