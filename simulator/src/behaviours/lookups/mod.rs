//! Lookups of phone numbers.

pub mod overrides;
pub mod phone_numbers;

use crate::behaviour::{Registration, on};

/// Where it stands.
pub const HOST: &str = "lookups.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[
    on(HOST, "/v1/PhoneNumbers", &phone_numbers::First),
    on(HOST, "/v2/PhoneNumbers", &phone_numbers::Second),
    on(HOST, "/v2/PhoneNumbers/{PhoneNumber}/Overrides", &overrides::Overrides),
];
