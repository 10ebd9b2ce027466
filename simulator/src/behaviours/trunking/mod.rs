//! Elastic SIP trunks.

pub mod trunks;

use crate::behaviour::{Registration, on};

/// Where it stands.
pub const HOST: &str = "trunking.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[
    on(HOST, "/v1/Trunks", &trunks::Trunks),
    on(HOST, "/v1/Trunks/{TrunkSid}/PhoneNumbers", &trunks::TrunkNumbers),
    on(HOST, "/v1/Trunks/{TrunkSid}/Recording", &trunks::Recording),
];
