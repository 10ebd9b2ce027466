//! Studio.

pub mod flows;

use crate::behaviour::{Registration, on};

/// Where it stands.
pub const HOST: &str = "studio.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[
    on(HOST, "/v2/Flows", &flows::Flows),
    on(HOST, "/v2/Flows/Validate", &flows::Validate),
    on(HOST, "/v2/Flows/{Sid}/Revisions", &flows::Revisions),
];
