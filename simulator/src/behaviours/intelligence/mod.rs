//! Conversational Intelligence. <https://www.twilio.com/docs/conversational-intelligence/api>

pub mod operators;

use crate::behaviour::{Registration, on};

const HOST: &str = "intelligence.twilio.com";

/// What it has.
pub const REGISTRATIONS: &[Registration] = &[on(
    HOST,
    "/v2/Services/{ServiceSid}/Operators",
    &operators::OperatorAttachments,
)];
