//! Inbound Processing Regions: which region processes calls that come in.
//! <https://www.twilio.com/docs/global-infrastructure/inbound-call-processing>

pub mod phone_number_route;
mod region;
pub mod sip_domain_route;
pub mod trunk_route;

use crate::engine::facts::Managed;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[
    phone_number_route::PHONE_NUMBER_ROUTE,
    sip_domain_route::SIP_DOMAIN_ROUTE,
    trunk_route::TRUNK_ROUTE,
];
