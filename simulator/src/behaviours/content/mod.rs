//! Content templates.

pub mod approval;

use crate::behaviour::{Registration, on};

/// Where it stands.
pub const HOST: &str = "content.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[
    on(HOST, "/v1/Content", &approval::Templates),
    on(
        HOST,
        "/v1/Content/{ContentSid}/ApprovalRequests/whatsapp",
        &approval::Approval,
    ),
];
