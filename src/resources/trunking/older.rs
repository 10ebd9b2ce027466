//! Elastic SIP Trunking as the older providers store it.

use crate::engine::facts::older::OlderState;

/// `twilio_trunk`.
pub(super) const TRUNK: &[OlderState] = &[
    OlderState::rjpearson94("twilio_sip_trunking_trunk"),
    OlderState::vendor("twilio_trunking_trunks_v1"),
];

/// `twilio_trunk_origination_url`.
pub(super) const TRUNK_ORIGINATION_URL: &[OlderState] = &[
    OlderState::rjpearson94("twilio_sip_trunking_origination_url"),
    OlderState::vendor("twilio_trunking_trunks_origination_urls_v1"),
];

/// `twilio_trunk_credential_list`.
pub(super) const TRUNK_CREDENTIAL_LIST: &[OlderState] = &[
    OlderState::rjpearson94("twilio_sip_trunking_credential_list"),
    OlderState::vendor("twilio_trunking_trunks_credential_lists_v1"),
];

/// `twilio_trunk_ip_access_control_list`.
pub(super) const TRUNK_IP_ACCESS_CONTROL_LIST: &[OlderState] = &[
    OlderState::rjpearson94("twilio_sip_trunking_ip_access_control_list"),
    OlderState::vendor("twilio_trunking_trunks_ip_access_control_lists_v1"),
];

/// `twilio_trunk_phone_number`.
pub(super) const TRUNK_PHONE_NUMBER: &[OlderState] = &[
    OlderState::rjpearson94("twilio_sip_trunking_phone_number"),
    OlderState::vendor("twilio_trunking_trunks_phone_numbers_v1"),
];
