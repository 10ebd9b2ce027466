//! Conversational Intelligence. <https://www.twilio.com/docs/conversational-intelligence/api>

pub mod operators;
pub mod services;

use crate::behaviour::{Registration, on};

const HOST: &str = "intelligence.twilio.com";

/// What it has.
pub const REGISTRATIONS: &[Registration] = &[
    on(HOST, "/v2/Services", &services::Services),
    on(
        HOST,
        "/v2/Services/{ServiceSid}/Operators",
        &operators::OperatorAttachments,
    ),
];
