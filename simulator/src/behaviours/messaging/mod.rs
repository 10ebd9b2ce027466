//! Messaging services.

pub mod sender_pool;
pub mod services;
pub mod usecases;

use crate::behaviour::{Registration, on};

/// Where it stands.
pub const HOST: &str = "messaging.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[
    on(HOST, "/v1/Services/Usecases", &usecases::Usecases),
    on(HOST, "/v1/Services", &services::Services),
    on(HOST, "/v1/Services/{ServiceSid}/PhoneNumbers", &sender_pool::SenderPool),
];
