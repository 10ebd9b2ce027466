//! Messaging services.

pub mod compliance;
pub mod registration;
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
    on(HOST, "/v1/Tollfree/Verifications", &compliance::TollFree),
    on(HOST, "/v1/Tollfree/Verifications", &registration::Registration),
    on(HOST, "/v1/a2p/BrandRegistrations", &compliance::Brands),
    on(HOST, "/v1/Services/{ServiceSid}/PhoneNumbers", &sender_pool::SenderPool),
    on(HOST, "/v1/Services/{ServiceSid}/ShortCodes", &sender_pool::ShortCodes),
];
