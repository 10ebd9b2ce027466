//! Dialing permissions.

pub mod dialing_permissions;

use crate::behaviour::{Registration, on};

/// Where it stands.
pub const HOST: &str = "voice.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[
    on(
        HOST,
        "/v1/DialingPermissions/BulkCountryUpdates",
        &dialing_permissions::BulkCountryUpdates,
    ),
    on(
        HOST,
        "/v1/DialingPermissions/Countries",
        &dialing_permissions::Countries,
    ),
];
