//! Trust Hub: evaluations of profiles and products.

pub mod evaluations;

use crate::behaviour::{Registration, on};

/// Where it stands.
pub const HOST: &str = "trusthub.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[
    on(
        HOST,
        "/v1/CustomerProfiles/{CustomerProfileSid}/Evaluations",
        &evaluations::Evaluations,
    ),
    on(
        HOST,
        "/v1/TrustProducts/{TrustProductSid}/Evaluations",
        &evaluations::Evaluations,
    ),
];
