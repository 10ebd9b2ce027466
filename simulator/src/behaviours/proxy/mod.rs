//! Proxy: the pool of a service.

mod pool;

use crate::behaviour::{Registration, on};

/// Where it stands.
const HOST: &str = "proxy.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[
    on(HOST, "/v1/Services/{ServiceSid}/PhoneNumbers", &pool::PhoneNumbers),
    on(HOST, "/v1/Services/{ServiceSid}/ShortCodes", &pool::ShortCodes),
];
