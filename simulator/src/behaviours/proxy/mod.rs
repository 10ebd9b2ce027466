//! Proxy: the pool of a service, and its sessions.

mod pool;
mod sessions;

use crate::behaviour::{Registration, on};

/// Where it stands.
const HOST: &str = "proxy.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[
    on(HOST, "/v1/Services/{ServiceSid}/PhoneNumbers", &pool::PhoneNumbers),
    on(HOST, "/v1/Services/{ServiceSid}/Sessions", &sessions::Sessions),
    on(
        HOST,
        "/v1/Services/{ServiceSid}/Sessions/{SessionSid}/Participants",
        &sessions::Participants,
    ),
    on(HOST, "/v1/Services/{ServiceSid}/ShortCodes", &pool::ShortCodes),
];
