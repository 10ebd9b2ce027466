//! SIP.

pub mod codes;
pub(in crate::resources) mod names;
mod older;
pub mod sip_credential;
pub mod sip_credential_list;
pub mod sip_domain;
pub mod sip_domain_credential_list_mapping;
pub mod sip_domain_ip_access_control_list_mapping;
pub mod sip_domain_registration_credential_list_mapping;
pub mod sip_ip_access_control_list;
pub mod sip_ip_address;
pub(in crate::resources) mod values;

use crate::engine::facts::Managed;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[
    sip_credential::SIP_CREDENTIAL,
    sip_credential_list::SIP_CREDENTIAL_LIST,
    sip_domain::SIP_DOMAIN,
    sip_domain_credential_list_mapping::SIP_DOMAIN_CREDENTIAL_LIST_MAPPING,
    sip_domain_ip_access_control_list_mapping::SIP_DOMAIN_IP_ACCESS_CONTROL_LIST_MAPPING,
    sip_domain_registration_credential_list_mapping::SIP_DOMAIN_REGISTRATION_CREDENTIAL_LIST_MAPPING,
    sip_ip_access_control_list::SIP_IP_ACCESS_CONTROL_LIST,
    sip_ip_address::SIP_IP_ADDRESS,
];
