//! Sync.

pub mod items;

use crate::behaviour::{Registration, on};

/// Where it stands.
pub const HOST: &str = "sync.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[
    on(HOST, "/v1/Services/{ServiceSid}/Documents", &items::Documents),
    on(
        HOST,
        "/v1/Services/{ServiceSid}/Lists/{ListSid}/Items",
        &items::ListItems,
    ),
    on(HOST, "/v1/Services/{ServiceSid}/Maps/{MapSid}/Items", &items::MapItems),
];
