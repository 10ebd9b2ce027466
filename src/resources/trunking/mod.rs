//! Elastic SIP Trunking.

pub mod codes;
pub(in crate::resources) mod lookups;
mod older;
mod taking;
pub mod trunk;
pub mod trunk_credential_list;
pub mod trunk_ip_access_control_list;
pub mod trunk_origination_url;
pub mod trunk_phone_number;
pub mod trunk_recording;

use crate::engine::facts::Managed;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[
    trunk::TRUNK,
    trunk_credential_list::TRUNK_CREDENTIAL_LIST,
    trunk_ip_access_control_list::TRUNK_IP_ACCESS_CONTROL_LIST,
    trunk_origination_url::TRUNK_ORIGINATION_URL,
    trunk_phone_number::TRUNK_PHONE_NUMBER,
    trunk_recording::TRUNK_RECORDING,
];
