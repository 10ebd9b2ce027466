//! SIP as the older providers store it.

use crate::engine::facts::older::OlderState;

/// `twilio_sip_credential_list`.
pub(super) const SIP_CREDENTIAL_LIST: &[OlderState] = &[
    OlderState::rjpearson94("twilio_sip_credential_list"),
    OlderState::vendor("twilio_api_accounts_sip_credential_lists"),
];

/// `twilio_sip_credential`.
pub(super) const SIP_CREDENTIAL: &[OlderState] = &[
    OlderState::rjpearson94("twilio_sip_credential"),
    OlderState::vendor("twilio_api_accounts_sip_credential_lists_credentials"),
];

/// `twilio_sip_ip_access_control_list`.
pub(super) const SIP_IP_ACCESS_CONTROL_LIST: &[OlderState] = &[
    OlderState::rjpearson94("twilio_sip_ip_access_control_list"),
    OlderState::vendor("twilio_api_accounts_sip_ip_access_control_lists"),
];

/// `twilio_sip_ip_address`.
pub(super) const SIP_IP_ADDRESS: &[OlderState] = &[
    OlderState::rjpearson94("twilio_sip_ip_address").renamed(&[("cidr_prefix_length", "cidr_length_prefix")]),
    OlderState::vendor("twilio_api_accounts_sip_ip_access_control_lists_ip_addresses"),
];

/// `twilio_sip_domain`.
pub(super) const SIP_DOMAIN: &[OlderState] = &[
    OlderState::rjpearson94("twilio_sip_domain").renamed(IN_BLOCKS),
    OlderState::vendor("twilio_api_accounts_sip_domains"),
];

/// There, voice and emergency calls are blocks.
const IN_BLOCKS: &[(&str, &str)] = &[
    ("voice_url", "voice.url"),
    ("voice_method", "voice.method"),
    ("voice_fallback_url", "voice.fallback_url"),
    ("voice_fallback_method", "voice.fallback_method"),
    ("voice_status_callback_url", "voice.status_callback_url"),
    ("voice_status_callback_method", "voice.status_callback_method"),
    ("emergency_calling_enabled", "emergency.calling_enabled"),
    ("emergency_caller_sid", "emergency.caller_sid"),
];

/// `twilio_sip_domain_credential_list_mapping`.
pub(super) const SIP_DOMAIN_CREDENTIAL_LIST_MAPPING: &[OlderState] = &[
    OlderState::rjpearson94("twilio_sip_domain_credential_list_mapping"),
    OlderState::vendor("twilio_api_accounts_sip_domains_auth_calls_credential_list_mappings"),
    OlderState::vendor("twilio_api_accounts_sip_domains_credential_list_mappings"),
];

/// `twilio_sip_domain_ip_access_control_list_mapping`.
pub(super) const SIP_DOMAIN_IP_ACCESS_CONTROL_LIST_MAPPING: &[OlderState] = &[
    OlderState::rjpearson94("twilio_sip_domain_ip_access_control_list_mapping"),
    OlderState::vendor("twilio_api_accounts_sip_domains_auth_calls_ip_access_control_list_mappings"),
    OlderState::vendor("twilio_api_accounts_sip_domains_ip_access_control_list_mappings"),
];

/// `twilio_sip_domain_registration_credential_list_mapping`.
pub(super) const SIP_DOMAIN_REGISTRATION_CREDENTIAL_LIST_MAPPING: &[OlderState] = &[
    OlderState::rjpearson94("twilio_sip_domain_registration_credential_list_mapping"),
    OlderState::vendor("twilio_api_accounts_sip_domains_auth_registrations_credential_list_mappings"),
];
